import { type Entry } from '../storage/entry';
import { type EventLog } from '../storage/event-log';
import { decodeRecordedEvent } from '../wire/recorded-event';
import { visibleStream } from './stream-reading';

const LINK_TYPE = '$>';

export const isLink = (log: EventLog, entry: Entry): boolean => log.typeName(entry.typeId) === LINK_TYPE;

/** The event that a link's data (`revision@stream`) names, undefined where it cannot be seen. */
export const resolveLink = (log: EventLog, link: Entry): Entry | undefined => {
  const data = Buffer.from(decodeRecordedEvent(link.event).getData_asU8()).toString('utf8');
  const [, revision, stream] = /^(\d{1,19})@(.+)$/s.exec(data) ?? [];
  if (revision === undefined || stream === undefined) return undefined;
  const id = seenStreamId(log, stream);
  const place = id === undefined ? undefined : log.at(id, BigInt(revision));
  return place && log.entry(place.position);
};

/** Deleted in either way, a stream's events can no longer be reached through links. */
const seenStreamId = (log: EventLog, stream: string): number | undefined => {
  try {
    return visibleStream(log, stream)?.id;
  } catch {
    return undefined;
  }
};
