import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 30_000;
const LEAST_PAUSE_MS = 5;
const MOST_PAUSE_MS = 50;

/** Waits for a condition, never for a time. Throws where it does not come to hold. */
export const until = async (
  what: string,
  holds: () => boolean | Promise<boolean>,
  patienceMs: number = PATIENCE_MS,
): Promise<void> => {
  const start = performance.now();
  while (!(await holds())) {
    const waited = performance.now() - start;
    if (waited > patienceMs) throw new Error(`Waited ${patienceMs} ms in vain until ${what}.`);
    // Who asks all the time takes the processor from what it waits for; a tenth longer is soon enough.
    await sleep(Math.min(Math.max(waited / 10, LEAST_PAUSE_MS), MOST_PAUSE_MS));
  }
};
