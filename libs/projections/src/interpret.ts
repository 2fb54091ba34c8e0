import { categoryOf, type Position, type StoredEvent } from '@tempore/kernel';

import {
  type Collapsed,
  collapseInto,
  encodeChange,
  type EncodedChange,
  type Layouts,
  removalOf,
  sameRow,
} from './collapse';
import { messageOf, Unprojectable } from './errors';
import type { PreparedView } from './prepare';
import type { Change, EventView, Projection, RawView, StateView } from './projection';
import { type Folded, foldOn, isOf, rowsFor, type StatesBefore } from './states';

/** An event set aside for a view; those that only wait behind another of their stream carry no error. */
export interface ParkedEvent {
  readonly ordinal: bigint;
  readonly event: StoredEvent;
  readonly error: string | null;
}

/** What a run of events means to a view, worked out before anything is written. */
export interface Interpreted {
  readonly rows: Collapsed;
  /** As projected, for `settle`. */
  readonly changes: readonly Change[];
  readonly parked: readonly ParkedEvent[];
  /** How many of the view's events came before the end of this run. */
  readonly handled: bigint;
  /** The last of them. */
  readonly last: StoredEvent | undefined;
  /** The event at which the view has to stop; nothing of it or behind it is in the rest. */
  readonly stoppedAt: { readonly event: StoredEvent; readonly error: string } | undefined;
  /** The last event before the stop. */
  readonly before: Position | undefined;
  /** What the streams of a view of states came to. */
  readonly folded: ReadonlyMap<string, Folded>;
}

export interface Progress {
  readonly handled: bigint;
  readonly parkedStreams: ReadonlySet<string>;
  /** Of a view of states: those of the streams of this run before it. */
  readonly states?: StatesBefore | undefined;
}

/**
 * Projects a run of events and collapses what they do to one change per row. Pure. Throws `Unprojectable` where the
 * states that several events lead to make no rows: one of them is at fault, and which one a run of it alone tells.
 *
 * @param failure why the one event of the run cannot be projected, where a try to write it has shown so
 */
export const interpret = (
  prepared: PreparedView,
  progress: Progress,
  events: readonly StoredEvent[],
  failure?: Error,
): Interpreted => {
  const { view, layouts } = prepared;
  const rows: Collapsed = new Map();
  const changes: Change[] = [];
  const { take, rest, folded } = interpretationOf(prepared, progress.states);
  const alone = events.length === 1;
  const collapse = (encoded: readonly EncodedChange[]): void => {
    for (const change of encoded) collapseInto(rows, change);
  };
  const collapseRest = (): void => {
    if (alone) return;
    try {
      collapse(rest());
    } catch (error) {
      throw new Unprojectable(messageOf(error), { cause: error });
    }
  };
  const parked: ParkedEvent[] = [];
  const newlyParked = new Set<string>();
  let { handled } = progress;
  let last: StoredEvent | undefined;
  let before: Position | undefined;
  for (const event of events) {
    if (isRead(view, event)) {
      const ordinal = handled + 1n;
      if (progress.parkedStreams.has(event.stream) || newlyParked.has(event.stream))
        parked.push({ ordinal, event, error: null });
      else
        try {
          if (failure) throw failure;
          const projected = take(event, ordinal);
          collapse(projected.map((change) => encodeChange(layouts, change)));
          if (alone) collapse(rest());
          if (view.settle) changes.push(...projected);
        } catch (error) {
          const reason = messageOf(error);
          if (alone) folded.delete(event.stream);
          if (view.onPoison === 'stop') {
            collapseRest();
            return { rows, changes, parked, handled, last, stoppedAt: { event, error: reason }, before, folded };
          }
          newlyParked.add(event.stream);
          parked.push({ ordinal, event, error: reason });
        }
      handled = ordinal;
      last = event;
    }
    before = event.position;
  }
  collapseRest();
  return { rows, changes, parked, handled, last, stoppedAt: undefined, before, folded };
};

const isRead = (view: Projection, event: StoredEvent): boolean => {
  if ('streams' in view) return isOf(view, event);
  return view.reads === 'everything' ? !view.except?.includes(categoryOf(event.stream)) : view.reads.has(event.type);
};

/** How a kind of view makes changes of a run: event by event, or of what is left at the end of it. */
interface Interpretation {
  readonly take: (event: StoredEvent, ordinal: bigint) => readonly Change[];
  readonly rest: () => readonly EncodedChange[];
  readonly folded: Map<string, Folded>;
}

const interpretationOf = (prepared: PreparedView, states: StatesBefore = new Map()): Interpretation =>
  'streams' in prepared.view ? byStream(prepared, prepared.view, states) : byEvent(prepared, prepared.view);

const byEvent = ({ decode }: PreparedView, view: EventView | RawView): Interpretation => ({
  take: (event, ordinal) =>
    view.reads === 'everything' ? view.project(event, ordinal) : view.project(decode(view.reads, event), ordinal),
  rest: () => [],
  folded: new Map(),
});

const byStream = ({ decode, layouts }: PreparedView, view: StateView, states: StatesBefore): Interpretation => {
  const folded = new Map<string, Folded>();
  return {
    take: (event) => {
      const before = folded.get(event.stream) ?? states.get(event.stream);
      if (before instanceof Unprojectable) throw before;
      folded.set(event.stream, foldOn(view, decode, before, event));
      return [];
    },
    rest: () => {
      const encoded = (stream: string, of: Folded | Unprojectable): readonly EncodedChange[] =>
        of instanceof Unprojectable ? [] : rowsFor(view, stream, of).map((change) => encodeChange(layouts, change));
      return [...folded].flatMap(([stream, after]) => {
        const before = states.get(stream);
        return before ? between(layouts, encoded(stream, before), encoded(stream, after)) : encoded(stream, after);
      });
    },
    folded,
  };
};

/** What makes the rows of a stream be those of its state: what differs is put, and what it does not name any more goes. */
const between = (
  layouts: Layouts,
  before: readonly EncodedChange[],
  after: readonly EncodedChange[],
): readonly EncodedChange[] => {
  const idOf = ({ table, key }: EncodedChange): string => `${table} ${key}`;
  const left = new Map(before.map((row) => [idOf(row), row]));
  const put = after.filter((row) => {
    const known = left.get(idOf(row));
    left.delete(idOf(row));
    return !known || !sameRow(known, row);
  });
  return [...[...left.values()].map((row) => removalOf(layouts, row)), ...put];
};
