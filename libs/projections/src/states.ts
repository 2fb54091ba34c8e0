import { categoryOf, type LoggedEvent, type Recorded, type StoredEvent, subjectOf } from '@tempore/kernel';
import { LRUCache } from 'lru-cache';

import { Unprojectable } from './errors';
import type { LogSource } from './log-source';
import type { Decode, PreparedView } from './prepare';
import type { Put, StateView, StreamRows, StreamSeen } from './projection';

/** What a stream comes to, as far as the view has handled it. */
export interface Folded {
  readonly state: unknown;
  readonly stream: StreamSeen;
  /** How many events are in it: about how much it weighs. */
  readonly events: number;
}

/** By stream. One that cannot be folded is at fault, and says why. */
export type StatesBefore = ReadonlyMap<string, Folded | Unprojectable>;

/** All states of a view together weigh so many events at most; whatever else is asked for is read again. */
export const MOST_EVENTS_KEPT = 10_000;

/**
 * The states that a worker holds between batches: those of the streams that it met last. They are what the view's rows
 * say and nothing later, so they go with whatever could make the rows be otherwise: a lost lease, an error, a replay's end.
 */
export class States {
  private readonly kept = new LRUCache<string, Folded>({
    maxSize: MOST_EVENTS_KEPT,
    sizeCalculation: ({ events }) => events,
  });

  constructor(
    private readonly view: StateView,
    private readonly decode: Decode,
    private readonly load: LogSource['load'],
  ) {}

  /** The states before these events of all their streams that have begun; what is not held is read up to there. */
  async before(events: readonly StoredEvent[], parked: ReadonlySet<string>): Promise<StatesBefore> {
    const firsts = new Map<string, StoredEvent>();
    for (const event of events)
      if (isOf(this.view, event) && !parked.has(event.stream) && !firsts.has(event.stream))
        firsts.set(event.stream, event);
    const states = new Map<string, Folded | Unprojectable>();
    const missed: Promise<void>[] = [];
    for (const [stream, { revision }] of firsts) {
      const known = this.kept.get(stream);
      if (known) states.set(stream, known);
      else if (revision > 0n)
        missed.push(
          this.read(stream, revision - 1n).then((folded) => {
            if (folded) states.set(stream, folded);
          }),
        );
    }
    await Promise.all(missed);
    return states;
  }

  /** Holds what was committed. */
  keep(after: ReadonlyMap<string, Folded>): void {
    for (const [stream, folded] of after) this.kept.set(stream, folded);
  }

  private async read(stream: string, through: bigint): Promise<Folded | Unprojectable | undefined> {
    const events = await this.load(stream, through);
    try {
      return events
        .filter((event) => isOf(this.view, event))
        .reduce<Folded | undefined>((before, event) => foldOn(this.view, this.decode, before, event), undefined);
    } catch (error) {
      return new Unprojectable(`what stands before it in ${stream} cannot be folded`, { cause: error });
    }
  }
}

/** The states that a worker of the view is to hold; none where it tells no states. */
export const statesOf = ({ view, decode }: PreparedView, { load }: LogSource): States | undefined =>
  'streams' in view ? new States(view, decode, load) : undefined;

export const isOf = ({ streams, reads }: StateView, { stream, type }: StoredEvent): boolean =>
  reads.has(type) && streams.has(categoryOf(stream));

/** Folds one event more. Throws what cannot be decoded or folded. */
export const foldOn = (view: StateView, decode: Decode, before: Folded | undefined, event: StoredEvent): Folded => {
  const { fold } = streamRows(view, event.stream);
  const logged = decode(view.reads, event);
  const last = recordedOf(logged);
  return {
    state: fold.evolve(before ? before.state : fold.initialState, logged, last),
    stream: {
      id: before?.stream.id ?? subjectOf(event.stream),
      revision: event.revision,
      first: before?.stream.first ?? last,
      last,
    },
    events: (before?.events ?? 0) + 1,
  };
};

export const rowsFor = (view: StateView, name: string, { state, stream }: Folded): readonly Put[] =>
  streamRows(view, name).rows(state, stream);

const streamRows = ({ streams }: StateView, stream: string): StreamRows => {
  const rows = streams.get(categoryOf(stream));
  if (!rows) throw new TypeError(`no stream of ${stream} is folded by this view`);
  return rows;
};

const recordedOf = ({ id, metadata }: LoggedEvent): Recorded => ({
  id,
  actor: metadata.actor,
  occurredAt: metadata.occurredAt,
  recordedAt: metadata.recordedAt,
});
