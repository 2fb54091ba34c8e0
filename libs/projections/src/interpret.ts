import { categoryOf, type Position, type StoredEvent } from '@tempore/kernel';

import { type Collapsed, collapseInto, encodeChange } from './collapse';
import { messageOf } from './errors';
import type { PreparedView } from './prepare';
import type { Change, Projection } from './projection';

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
}

export interface Progress {
  readonly handled: bigint;
  readonly parkedStreams: ReadonlySet<string>;
}

/**
 * Projects a run of events and collapses what they do to one change per row. Pure.
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
          const projected = projectOne(prepared, event, ordinal);
          const encoded = projected.map((change) => encodeChange(layouts, change));
          for (const change of encoded) collapseInto(rows, change);
          if (view.settle) changes.push(...projected);
        } catch (error) {
          const reason = messageOf(error);
          if (view.onPoison === 'stop')
            return { rows, changes, parked, handled, last, stoppedAt: { event, error: reason }, before };
          newlyParked.add(event.stream);
          parked.push({ ordinal, event, error: reason });
        }
      handled = ordinal;
      last = event;
    }
    before = event.position;
  }
  return { rows, changes, parked, handled, last, stoppedAt: undefined, before };
};

const isRead = (view: Projection, { type, stream }: StoredEvent): boolean =>
  view.reads === 'everything' ? !view.except?.includes(categoryOf(stream)) : view.reads.has(type);

const projectOne = ({ view, decode }: PreparedView, event: StoredEvent, ordinal: bigint): readonly Change[] =>
  view.reads === 'everything' ? view.project(event, ordinal) : view.project(decode(view.reads, event), ordinal);
