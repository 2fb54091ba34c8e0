import { categoriesOf, later, type Process, type Surroundings } from '@tempore/acts';
import { catalogue } from '@tempore/catalogue';
import { decode, type Instant, type LoggedEvent, type StoredEvent, UndecodableEvent } from '@tempore/kernel';
import type { Logger } from 'pino';
import type { Pool } from 'pg';

import type { InstallationClock } from '../../composition/src/clock';
import { type Place, readPlace, savePlace } from '../../composition/src/place';
import { pause } from './pause';
import { perform } from './perform';

export interface Following {
  readonly surroundings: Surroundings;
  readonly pool: Pool;
  readonly installationId: string;
  readonly clock: Pick<InstallationClock, 'now' | 'look'>;
  readonly logger: Logger;
}

/** How often the place of a process is kept while nothing nudges it. */
const QUIET_MS = 5_000;

/**
 * Does what the log leaves to a process, event after event, until the signal is aborted. Its place is kept after what
 * was done, so a crash repeats the last few events and skips none.
 */
export const follow = async (process: Process, context: Following, signal: AbortSignal): Promise<void> => {
  const { surroundings, pool, installationId, clock, logger } = context;
  const follows = new Set(process.follows.map(({ type }) => type));
  const place: Place = { process: process.name, installationId };
  const from = await readPlace(pool, place);
  let savedAt = performance.now();
  for await (const { events, through } of surroundings.eventStore.subscribe({
    categories: [...categoriesOf(process)],
    from,
    signal,
  })) {
    const seenAt = performance.now();
    for (const event of events) {
      const nudge = follows.has(event.type) ? readable(event, logger) : undefined;
      if (!nudge) continue;
      const due = later(nudge.metadata.recordedAt, process.graceMs);
      await comeDue(due, clock.now, seenAt + LONGEST_WAIT_MS, signal);
      await clock.look?.();
      const left = { about: { event: event.id, stream: event.stream }, run: () => process.step(nudge, surroundings) };
      await perform(left, logger, signal);
      if (signal.aborted) return;
    }
    if (!through || (events.length === 0 && performance.now() - savedAt < QUIET_MS)) continue;
    await savePlace(pool, place, through);
    savedAt = performance.now();
  }
};

/** An event that cannot be read holds nobody up; the view that cannot read it either shows it. */
const readable = (event: StoredEvent, logger: Logger): LoggedEvent | undefined => {
  try {
    return decode(catalogue, event);
  } catch (error) {
    if (!(error instanceof UndecodableEvent)) throw error;
    logger.error({ err: error }, 'passed over');
    return undefined;
  }
};

/** A clock that stands still, or is behind that of whoever recorded the event, holds nobody up for long. */
const LONGEST_WAIT_MS = 10_000;

/** A simulated clock jumps, and may be heard of a moment after what was recorded by it. */
const ASK_AGAIN_MS = 50;

const comeDue = async (
  due: Instant,
  now: InstallationClock['now'],
  latest: number,
  signal: AbortSignal,
): Promise<void> => {
  for (;;) {
    const early = Math.min(Date.parse(due) - Date.parse(now()), latest - performance.now());
    if (early <= 0 || signal.aborted) return;
    await pause(Math.min(early, ASK_AGAIN_MS), signal);
  }
};
