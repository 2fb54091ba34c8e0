type Undo = () => Promise<void>;

const open = new Set<Undo>();

/** Remembers how something is undone, and hands back what undoes it: once, however often it is asked. */
export const undoable = (work: () => Promise<unknown>): Undo => {
  let undone: Promise<void> | undefined;
  const undo: Undo = () =>
    (undone ??= work().then(
      () => void open.delete(undo),
      (error: unknown) => {
        open.delete(undo);
        throw error;
      },
    ));
  open.add(undo);
  return undo;
};

/** Undoes what is left, the latest first, also what is made meanwhile; what fails does not keep the others. */
const undoAll = async (): Promise<void> => {
  for (let undo = [...open].at(-1); undo; undo = [...open].at(-1)) await undo().catch(complain);
};

const complain = (error: unknown): void => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
};

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs work, and ends the process with it: whatever ends it, also a signal, nothing that it started or made is left. A
 * terminal's Ctrl-C may reach a process twice: the second one changes nothing.
 */
export const runAndUndo = async (work: () => Promise<void>): Promise<never> => {
  const broken = new Promise<number>((resolve) => {
    for (const [signal, code] of Object.entries(EXIT_CODES)) process.on(signal, () => resolve(code));
    process.on('uncaughtException', (error) => {
      // Stores that are gone break what is still under way.
      if (!ending) complain(error);
      resolve(1);
    });
  });
  let ending = false;
  const worked = work().then(
    () => 0,
    (error: unknown) => {
      if (!ending) complain(error);
      return 1;
    },
  );
  const code = await Promise.race([worked, broken]);
  ending = true;
  await undoAll();
  process.exit(code);
};
