import { setImmediate as breathe } from 'node:timers/promises';

import { badRequest } from '../failure';
import { type Entry } from '../storage/entry';
import { type EventLog } from '../storage/event-log';
import { streamNotFoundResponse } from '../wire/read-response';
import { nameTest } from './filter';
import { checkPosition, logBackwards, logForwards } from './log-reading';
import { type Outlet } from './outlet';
import { present } from './presentation';
import { type ReadRequest, type Start } from './read-request';
import { streamBackwards, streamForwards, visibleStream } from './stream-reading';

/** Filtered reads let others have a turn after this many events that they only looked at. */
export const EVENTS_PER_TURN = 256;

/** Answers a read that is no subscription, to its end. @throws CallFailed */
export const read = async (
  log: EventLog,
  request: ReadRequest,
  nowMs: number,
  outlet: Outlet<unknown>,
): Promise<void> => {
  if (request.count === 0n) throw badRequest('A read of no events was asked for: the count is 0.');
  const { target } = request;
  if (target.kind === 'all') return sendSome(log, request, allEntries(log, request, target.from), outlet);

  const entries = streamEntries(log, request, target, nowMs);
  if (entries) await sendSome(log, request, entries, outlet);
  else await outlet.send(streamNotFoundResponse(target.stream));
};

const sendSome = async (
  log: EventLog,
  request: ReadRequest,
  entries: Iterable<Entry>,
  outlet: Outlet<unknown>,
): Promise<void> => {
  const wanted = filterOf(log, request);
  let left = request.count;
  let considered = 0;
  for (const entry of entries) {
    if (++considered % EVENTS_PER_TURN === 0) await breathe();
    if (!wanted(entry)) continue;
    if (!(await outlet.send(present(log, entry, request))) || --left === 0n) return;
  }
};

/** The filter of a request, asked about names alone. @throws CallFailed */
export const filterOf = (log: EventLog, { filter }: ReadRequest): ((entry: Entry) => boolean) => {
  if (!filter) return () => true;
  const test = nameTest(filter);
  return filter.on === 'stream'
    ? (entry) => test(log.streamName(entry.streamId))
    : (entry) => test(log.typeName(entry.typeId));
};

/** Forwards the event at the position is read, backwards it is not. */
const allEntries = (log: EventLog, { direction }: ReadRequest, from: Start): Iterable<Entry> => {
  if (typeof from === 'bigint') checkPosition(log, from);
  if (direction === 'forwards') return from === 'end' ? [] : logForwards(log, from === 'start' ? 0n : from);
  return from === 'start' ? [] : logBackwards(log, from === 'end' ? undefined : from);
};

const streamEntries = (
  log: EventLog,
  { direction }: ReadRequest,
  { stream, from }: { stream: string; from: Start },
  nowMs: number,
): Iterable<Entry> | undefined => {
  const visible = visibleStream(log, stream);
  if (direction === 'backwards') {
    const revision = from === 'start' ? 0n : from;
    return visible && streamBackwards(log, visible, revision === 'end' ? visible.last : revision, nowMs);
  }
  if (from === 'end') throw badRequest('A stream cannot be read forwards from its end.');
  return visible && streamForwards(log, visible, from === 'start' ? 0n : from, nowMs);
};
