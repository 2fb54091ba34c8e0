import { type Entry } from '../storage/entry';
import { type EventLog } from '../storage/event-log';
import { eventResponse } from '../wire/read-response';
import { withStructuredId } from '../wire/recorded-event';
import { nameTest } from './filter';
import { isLink, resolveLink } from './links';
import { type Outlet } from './outlet';
import { type ReadRequest } from './read-request';

/** One call of `Streams/Read`, be it a read or a subscription. */
export type Reading = {
  readonly log: EventLog;
  readonly request: ReadRequest;
  readonly outlet: Outlet<unknown>;
  readonly nowMs: () => number;
};

/** Others get a turn after this many events that were only looked at. */
export const EVENTS_PER_TURN = 256;

/** The filter of a request, asked about names alone. @throws CallFailed */
export const filterOf = ({ log, request: { filter } }: Reading): ((entry: Entry) => boolean) => {
  if (!filter) return () => true;
  const test = nameTest(filter);
  return filter.on === 'stream'
    ? (entry) => test(log.streamName(entry.streamId))
    : (entry) => test(log.typeName(entry.typeId));
};

/** An event as the caller wants to see it. */
export const present = ({ log, request, nowMs }: Reading, entry: Entry): Buffer => {
  const bytes = ({ event }: Entry) => (request.structuredIds ? withStructuredId(event) : event);
  if (!request.resolveLinks || !isLink(log, entry)) return eventResponse(entry.position, bytes(entry));
  const target = resolveLink(log, entry, nowMs());
  return eventResponse(entry.position, target && bytes(target), bytes(entry));
};
