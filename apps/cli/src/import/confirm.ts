import { createInterface } from 'node:readline/promises';

/** Asks a person at the terminal. Ctrl-C and Ctrl-D mean no. */
export const confirm = async (question: string): Promise<boolean> => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const gone = new AbortController();
  terminal.on('SIGINT', () => gone.abort()).on('close', () => gone.abort());
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal: gone.signal });
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    if (gone.signal.aborted) return false;
    throw error;
  } finally {
    terminal.close();
  }
};

/** Whether somebody is there to be asked. */
export const isAttended = (): boolean => process.stdin.isTTY && process.stdout.isTTY;
