import { setImmediate as breathe } from 'node:timers/promises';

import { badRequest } from '../failure';
import { type Entry } from '../storage/entry';
import { streamNotFoundResponse } from '../wire/read-response';
import { checkPosition, logBackwards, logForwards } from './log-reading';
import { type Start } from './read-request';
import { EVENTS_PER_TURN, filterOf, present, type Reading } from './reading';
import { streamBackwards, streamForwards, visibleStream } from './stream-reading';

/** Answers a read that is no subscription, to its end. @throws CallFailed */
export const read = async (reading: Reading): Promise<void> => {
  const { target, count } = reading.request;
  if (count === 0n) throw badRequest('A read of no events was asked for: the count is 0.');
  if (target.kind === 'all') return sendSome(reading, logEntries(reading, target.from));

  const entries = streamEntries(reading, target.stream, target.from);
  if (entries) await sendSome(reading, entries);
  else await reading.outlet.send(streamNotFoundResponse(target.stream));
};

const sendSome = async (reading: Reading, entries: Iterable<Entry>): Promise<void> => {
  const wanted = filterOf(reading);
  let left = reading.request.count;
  let considered = 0;
  for (const entry of entries) {
    if (++considered % EVENTS_PER_TURN === 0) await breathe();
    if (!wanted(entry)) continue;
    if (!(await reading.outlet.send(present(reading, entry))) || --left === 0n) return;
  }
};

/** Forwards the event at the position is read, backwards it is not. */
const logEntries = ({ log, request: { direction } }: Reading, from: Start): Iterable<Entry> => {
  if (typeof from === 'bigint') checkPosition(log, from);
  if (direction === 'forwards') return from === 'end' ? [] : logForwards(log, from === 'start' ? 0n : from);
  return from === 'start' ? [] : logBackwards(log, from === 'end' ? undefined : from);
};

/** Both ways the event at the revision is read; undefined where there is no stream. */
const streamEntries = (
  { log, request: { direction }, nowMs }: Reading,
  stream: string,
  from: Start,
): Iterable<Entry> | undefined => {
  const visible = visibleStream(log, stream);
  const revision = from === 'start' ? 0n : from;
  if (direction === 'backwards') {
    return visible && streamBackwards(log, visible, revision === 'end' ? visible.last : revision, nowMs());
  }
  if (revision === 'end') throw badRequest('A stream cannot be read forwards from its end.');
  return visible && streamForwards(log, visible, revision, nowMs());
};
