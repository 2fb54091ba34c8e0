import { type Entry } from '../storage/entry';
import { type EventLog } from '../storage/event-log';
import { eventResponse } from '../wire/read-response';
import { withStructuredId } from '../wire/recorded-event';
import { isLink, resolveLink } from './links';

export type Presentation = { readonly resolveLinks: boolean; readonly structuredIds: boolean };

/** An event of the log as the caller wants to see it. */
export const present = (log: EventLog, entry: Entry, { resolveLinks, structuredIds }: Presentation): Buffer => {
  const bytes = ({ event }: Entry) => (structuredIds ? withStructuredId(event) : event);
  if (!resolveLinks || !isLink(log, entry)) return eventResponse(entry.position, bytes(entry));
  const target = resolveLink(log, entry);
  return eventResponse(entry.position, target && bytes(target), bytes(entry));
};
