import { decode as decodeEvent, type EventCatalogue, type LoggedEvent, type StoredEvent } from '@tempore/kernel';

import { type Layouts, layoutsOf } from './collapse';
import type { Projection } from './projection';

export type Decode = (reads: EventCatalogue, event: StoredEvent) => LoggedEvent;

/** A view with what is worked out once about it before events come. */
export interface PreparedView {
  readonly view: Projection;
  readonly layouts: Layouts;
  readonly decode: Decode;
}

export const prepareView = (view: Projection, decode: Decode = decodeEvent): PreparedView => ({
  view,
  layouts: layoutsOf(view.tables),
  decode,
});

/**
 * Decodes each event once for several views: those that share a reader are handed the same event objects. Remembers
 * by the definition that decoded it, since views may know a type by different ones.
 */
export const decodeOnce = (): Decode => {
  const known = new WeakMap<StoredEvent, { readonly by: unknown; readonly decoded: LoggedEvent }>();
  return (reads, event) => {
    const by = reads.get(event.type);
    const before = known.get(event);
    if (before && before.by === by) return before.decoded;
    const decoded = decodeEvent(reads, event);
    known.set(event, { by, decoded });
    return decoded;
  };
};
