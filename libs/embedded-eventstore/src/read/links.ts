import { CallFailed } from '../failure';
import { firstVisible, isExpired } from '../retention';
import { type Entry } from '../storage/entry';
import { type EventLog } from '../storage/event-log';
import { decodeRecordedEvent } from '../wire/recorded-event';
import { visibleStream, type VisibleStream } from './stream-reading';

const LINK_TYPE = '$>';

export const isLink = (log: EventLog, entry: Entry): boolean => log.typeName(entry.typeId) === LINK_TYPE;

/** The event that a link's data (`revision@stream`) names, undefined where a reader of its stream would not see it. */
export const resolveLink = (log: EventLog, link: Entry, nowMs: number): Entry | undefined => {
  const data = Buffer.from(decodeRecordedEvent(link.event).getData_asU8()).toString('utf8');
  const [, digits, name] = /^(\d{1,18})@(.+)$/s.exec(data) ?? [];
  if (digits === undefined || name === undefined) return undefined;
  const revision = BigInt(digits);
  const stream = streamOf(log, name);
  if (!stream || revision < firstVisible(stream.retention, stream.last)) return undefined;
  const place = log.at(stream.id, revision);
  const entry = place && log.entry(place.position);
  return entry && !isExpired(stream.retention, entry.createdMs, nowMs) ? entry : undefined;
};

/** A tombstoned stream is no error to those who only follow a link to it. */
const streamOf = (log: EventLog, name: string): VisibleStream | undefined => {
  try {
    return visibleStream(log, name);
  } catch (error) {
    if (error instanceof CallFailed) return undefined;
    throw error;
  }
};
