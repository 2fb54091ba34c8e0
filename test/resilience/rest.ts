import { setTimeout as sleep } from 'node:timers/promises';

import { catalogue, categories } from '@tempore/catalogue';
import { comparePositions, decode, type Instant, type LoggedEvent } from '@tempore/kernel';
import { status, verify } from '@tempore/projections';

import type { Stores } from '../../apps/composition/src/stores';
import { logSource, views } from '../../apps/composition/src/views';
import { checkHistory, type Findings } from './history/check';
import type { ComparedView, History } from './history/history';

/** The longest that the reactor's watchdogs, leases and new starts may take; what is not done then is never done. */
const REST_WITHIN_MS = 120_000;

/** Waits until nothing is left to be done, and every view has seen it, or would never be; checks what there is then. */
export const checkAtRest = async (
  stores: Stores,
  { requests, points = [] }: Pick<History, 'requests'> & Partial<Pick<History, 'points'>>,
): Promise<Findings> => {
  const end = performance.now() + REST_WITHIN_MS;
  for (;;) {
    const log = await readLog(stores);
    const known = { requests, log, now: clockOf(log) };
    const { violations } = checkHistory({ ...known, views: [], points: [] });
    if (violations.length === 0 || performance.now() > end) {
      await viewsAt(stores, log.at(-1), end);
      return checkHistory({ ...known, views: await compareViews(stores), points });
    }
    await sleep(1_000);
  }
};

/** Waits until every view has got to an event, or its time is over: the check tells which has not. */
const viewsAt = async ({ readSide }: Stores, newest: LoggedEvent | undefined, end: number): Promise<void> => {
  if (!newest) return;
  const isBehind = async (): Promise<boolean> => {
    const reports = await status(readSide);
    return views.some(({ name, version }) => {
      const position = reports.find((report) => report.view === name && report.version === version)?.position;
      return !position || comparePositions(position, newest.position) < 0;
    });
  };
  while ((await isBehind()) && performance.now() < end) await sleep(200);
};

/** Where the simulated clock was moved to last. */
const clockOf = (log: readonly LoggedEvent[]): Instant => {
  const moved = log.findLast(({ type }) => type === 'clock-moved');
  if (!moved) throw new Error('The clock was never set: nothing ran.');
  return (moved.data as { to: Instant }).to;
};

const readLog = async ({ eventStore }: Stores): Promise<readonly LoggedEvent[]> => {
  const log: LoggedEvent[] = [];
  const { signal } = new AbortController();
  for await (const event of eventStore.readAll({ categories, signal })) log.push(decode(catalogue, event));
  return log;
};

const compareViews = async ({ readSide, eventStore }: Stores): Promise<readonly ComparedView[]> => {
  const compared: ComparedView[] = [];
  for (const view of views) compared.push(await verify({ database: readSide, source: logSource(eventStore), view }));
  return compared;
};
