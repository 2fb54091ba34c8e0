import { type Due, processes } from '@tempore/acts';
import { type CommandMeta, type Outcome, Turns } from '@tempore/event-store';
import { deriveId, type DomainEvent, type Instant, laterOf, type Position } from '@tempore/kernel';
import { unhurried } from '@tempore/projections';

import type { InstallationClock } from './clock';
import { followedUp } from './followed-up';
import type { Stores } from './stores';

type AdvanceStores = Pick<Stores, 'runner' | 'vault' | 'database' | 'eventStore' | 'readSide' | 'installationId'>;

/** Everything that falls due by itself, and the views that know of it. */
const timers = processes.flatMap((process) => process.timers ?? []);
const TIMER_VIEWS = [...new Set(timers.flatMap((one) => one.views))];
const PATIENCE_MS = 10_000;

/** Waits until a view has got to a place in the log. */
export type Reached = (view: string, position: Position, timeoutMs: number) => Promise<void>;

export interface Advanced {
  readonly outcome: Outcome<DomainEvent>;
  /** Whether the reactor, too, has done what follows from all that happened. */
  readonly followedUp: boolean;
}

/**
 * Moves a simulated clock on, and lets everything that falls due on the way happen at its own instant and in order. What
 * the reactor does about it comes before the next instant, where there is one and it keeps up. A repeat finishes what a
 * crash left: what happened already is not due any more.
 */
export const advance = async (
  stores: AdvanceStores,
  { now, move }: Required<Pick<InstallationClock, 'now' | 'move'>>,
  reached: Reached,
  to: Instant,
  by: Pick<CommandMeta, 'actor' | 'commandId' | 'requestHash'>,
): Promise<Advanced> =>
  alone(stores, async (expectAlone) => {
    const stuck = new Set<string>();
    let last = '';
    let keepsUp = true;
    const comeToRest = async (): Promise<void> => {
      // A reactor that does not keep up is waited for once, and not at every instant.
      keepsUp &&= await followedUp(stores);
      await caughtUp(stores, reached);
    };
    while (to >= now()) {
      await comeToRest();
      expectAlone();
      const next = (await dueBy(stores, to, stuck.size + 1)).find((due) => !stuck.has(keyOf(due)));
      if (!next) break;
      // What stays due although it was let happen holds nobody up.
      if (keyOf(next) === last) stuck.add(last);
      last = keyOf(next);
      if (stuck.has(last)) continue;
      const at = laterOf(next.at, now());
      await move(at, { ...by, commandId: deriveId('advance', by.commandId, at) });
      await next.run(at);
    }
    const outcome = await move(to, by);
    await comeToRest();
    return { outcome, followedUp: keepsUp };
  });

const keyOf = ({ about, at }: Due): string => JSON.stringify([about, at]);

const dueBy = async (stores: AdvanceStores, by: Instant, limit: number): Promise<readonly Due[]> => {
  const due = await Promise.all(timers.map((one) => one.due(stores, by, limit)));
  return due.flat().toSorted((a, b) => a.at.localeCompare(b.at));
};

const caughtUp = async ({ eventStore }: AdvanceStores, reached: Reached): Promise<void> => {
  const newest = await eventStore.newest('everything');
  if (newest) await Promise.all(TIMER_VIEWS.map((view) => reached(view, newest, PATIENCE_MS)));
};

const turns = new Turns();

/**
 * Of all processes one moves the clock at a time: two would take each other's time. Within a process they wait for each
 * other without a connection, or a dozen of them would leave none for the work.
 */
const alone = <T>(stores: AdvanceStores, work: (expectAlone: () => void) => Promise<T>): Promise<T> =>
  turns.take('clock', () => locked(stores, work));

const locked = async <T>({ readSide }: AdvanceStores, work: (expectHeld: () => void) => Promise<T>): Promise<T> => {
  const client = await readSide.pool.connect();
  let lost: Error | undefined;
  client.on('error', (error) => (lost = error));
  const expectHeld = (): void => {
    if (lost) throw lost;
  };
  try {
    await client.query(unhurried(`SELECT pg_advisory_lock(hashtextextended('tempore:clock', 0))`));
    return await work(expectHeld);
  } finally {
    // The lock goes with its connection.
    client.release(true);
  }
};
