import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { Mutant } from './mutants';
import type { Outcome, Ready } from './sandbox';

export interface Tried {
  readonly mutant: Mutant;
  readonly killedBy: string | null;
  readonly tests: number;
}

/** A busy machine may take so much longer for the tests than it did without a mutant; what takes longer goes on for ever. */
const PATIENCE = 10;
const AT_LEAST_MS = 15_000;
const TO_START_MS = 120_000;

/** Tries mutants one after another in a process of its own; one that hangs is killed with it, and counts as noticed. */
export const tryAll = async (lib: string, mutants: readonly Mutant[]): Promise<readonly Tried[]> => {
  let sandbox = await open(lib);
  // Those that need everything loaded anew come last, so that the others find it as it is.
  const isLate = new Set(sandbox.ready.evaluatedAtLoad);
  const inOrder = [...mutants.filter(({ id }) => !isLate.has(id)), ...mutants.filter(({ id }) => isLate.has(id))];
  const tried: Tried[] = [];
  for (const mutant of inOrder) {
    const outcome = await sandbox.attempt(mutant.id);
    if (outcome === null) sandbox = await open(lib);
    tried.push({ mutant, killedBy: outcome ? outcome.killedBy : 'time', tests: outcome?.tests ?? 0 });
  }
  sandbox.close();
  return tried;
};

const open = async (lib: string) => {
  const child: ChildProcess = fork(join(__dirname, 'sandbox.js'), [lib], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const answer = async <T>(withinMs: number): Promise<T | null> => {
    const waited = new AbortController();
    const { signal } = waited;
    try {
      return await Promise.race([
        once(child, 'message', { signal }).then(([message]) => message as T),
        once(child, 'exit', { signal }).then(() => null),
        pause(withinMs, null, { signal }),
      ]);
    } finally {
      waited.abort();
    }
  };
  const close = (): void => void child.kill('SIGKILL');
  const ready = await answer<Ready>(TO_START_MS);
  if (ready === null) {
    close();
    throw new Error(`The specifications of ${lib} do not run by themselves: see above.`);
  }
  const attempt = async (id: string): Promise<Outcome | null> => {
    child.send(id);
    const outcome = await answer<Outcome>(AT_LEAST_MS + PATIENCE * ready.ms);
    if (outcome === null) close();
    return outcome;
  };
  return { ready, attempt, close };
};
