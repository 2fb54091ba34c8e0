import { setTimeout as sleep } from 'node:timers/promises';

/** Injection token of the things that must be well for this process to serve. */
export const CHECKS = Symbol('CHECKS');

/** Resolves with a sentence or figures where the thing is well; throws with the reason where it is not. */
export type Check = () => Promise<unknown>;

interface CheckReport {
  readonly status: 'ok' | 'unavailable';
  readonly detail: unknown;
}

export interface ReadinessReport {
  readonly status: 'ok' | 'unavailable';
  readonly checks: Readonly<Record<string, CheckReport>>;
}

const LIMIT_MS = 2_000;

const limited = async (check: Check): Promise<unknown> => {
  const timer = new AbortController();
  const late = sleep(LIMIT_MS, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`no answer within ${LIMIT_MS} ms`);
  });
  try {
    return await Promise.race([check(), late]);
  } finally {
    late.catch(() => undefined);
    timer.abort();
  }
};

/** Asks everything at once, so that one silent store does not hide the state of the others. */
export const readinessReport = async (checks: Readonly<Record<string, Check>>): Promise<ReadinessReport> => {
  const entries = await Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<[string, CheckReport]> => {
      try {
        const detail = await limited(check);
        return [name, { status: 'ok', detail }];
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        return [name, { status: 'unavailable', detail }];
      }
    }),
  );
  const well = entries.every(([, { status }]) => status === 'ok');
  return { status: well ? 'ok' : 'unavailable', checks: Object.fromEntries(entries) };
};
