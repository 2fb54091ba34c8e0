import { catalogueOf, decode, type DomainEvent, type Fold, type LoggedEvent } from '@tempore/kernel';
import { LRUCache } from 'lru-cache';

import type { EventStore } from './port';

interface Read {
  readonly definitions: unknown;
  readonly events: readonly LoggedEvent[];
}

/** What streams came to at an earlier version. An event never changes, so that what was read once is asked of nobody again. */
export class History {
  private readonly known: LRUCache<string, Read>;

  /** `cachedEvents`: so many events of all streams together are kept, those of the streams that were asked for last. */
  constructor(
    private readonly store: EventStore,
    { cachedEvents = 100_000 }: { readonly cachedEvents?: number } = {},
  ) {
    this.known = new LRUCache({ maxSize: cachedEvents, sizeCalculation: ({ events }) => Math.max(1, events.length) });
  }

  /**
   * The state of a stream right after its event of this revision. Throws `RangeError` where it has not come so far, or
   * `StoreUnavailable`.
   */
  async stateAt<State, E extends DomainEvent>(decider: Fold<State, E>, id: string, revision: bigint): Promise<State> {
    const stream = `${decider.category}-${id}`;
    const events = (await this.through(decider, stream, revision)).filter((event) => event.revision <= revision);
    const last = events.at(-1);
    if (last?.revision !== revision)
      throw new RangeError(`${stream} has no event of revision ${revision.toString()}: ${ending(last)}`);
    return events.reduce<State>(
      (state, event) => decider.evolve(state, event as LoggedEvent<E>, { ...event.metadata, id: event.id }),
      decider.initialState,
    );
  }

  /** The events of a stream, at least to this revision where it has come so far. */
  private async through(
    { events: definitions }: Pick<Fold<never, DomainEvent>, 'events'>,
    stream: string,
    revision: bigint,
  ): Promise<readonly LoggedEvent[]> {
    const known = this.known.get(stream);
    // Another decider may read the same events otherwise.
    const before = known?.definitions === definitions ? known.events : [];
    const last = before.at(-1)?.revision ?? -1n;
    if (last >= revision) return before;
    const catalogue = catalogueOf(...definitions);
    const { events: since } = await this.store.load(stream, last + 1n);
    const events = [...before, ...since.map((event) => decode(catalogue, event))];
    this.known.set(stream, { definitions, events });
    return events;
  }
}

const ending = (last: LoggedEvent | undefined): string =>
  last ? `it ends at ${last.revision.toString()}` : 'nothing stands there';
