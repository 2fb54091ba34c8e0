import { randomUUID } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';

import { type Bell, type Changes } from '../changes';
import { CallFailed } from '../failure';
import { type Entry } from '../storage/entry';
import { type EventLog } from '../storage/event-log';
import { TOMBSTONE_REVISION } from '../storage/stream-record';
import { caughtUpResponse, checkpointResponse, confirmationResponse } from '../wire/read-response';
import { checkPosition, logForwards } from './log-reading';
import { type Start } from './read-request';
import { EVENTS_PER_TURN, filterOf, present, type Reading } from './reading';
import { revisions, streamForwards, visibleStream } from './stream-reading';

/**
 * A subscription is a reader that waits at the end of the log. It pulls: what its caller has no room for stays in
 * the log, so nothing is buffered, dropped or caught up with a second time.
 *
 * @throws CallFailed
 */
export const subscribe = async (reading: Reading, changes: Changes): Promise<void> => {
  const { target } = reading.request;
  const bell = changes.listen(target.kind === 'all' ? 'log' : { stream: target.stream });
  reading.outlet.whenClosed(() => bell.close());
  try {
    if (target.kind === 'all') await subscribeToAll(reading, target.from, bell);
    else await subscribeToStream(reading, target.stream, target.from, bell);
  } finally {
    bell.close();
  }
};

const subscribeToAll = async (reading: Reading, from: Start, bell: Bell): Promise<void> => {
  const { log, request, outlet } = reading;
  const wanted = filterOf(reading);
  const interval = request.filter ? request.checkpointInterval : Infinity;
  let next = firstAfter(log, from);
  // As on the server, the event it begins after counts as one it looked at.
  let considered = typeof from === 'bigint' && from > 0n ? 1 : 0;
  let live = false;
  await outlet.send(confirmationResponse(randomUUID()));
  while (!outlet.isClosed()) {
    for (const entry of logForwards(log, next)) {
      next = entry.position + 1n;
      considered += 1;
      if (wanted(entry)) await outlet.send(present(reading, entry));
      if (considered % interval === 0) await outlet.send(checkpointResponse(entry.position));
      if (considered % EVENTS_PER_TURN === 0) await breathe();
      if (outlet.isClosed()) return;
    }
    if (!live) await outlet.send(caughtUpResponse());
    live = true;
    await bell.next();
  }
};

/** Subscriptions begin after the position they are given. @throws CallFailed */
const firstAfter = (log: EventLog, from: Start): bigint => {
  if (from === 'start') return 0n;
  if (from === 'end') return (log.head() ?? -1n) + 1n;
  checkPosition(log, from);
  return from + 1n;
};

const subscribeToStream = async (reading: Reading, stream: string, from: Start, bell: Bell): Promise<void> => {
  const { log, outlet } = reading;
  const lastNow = () => log.stream(stream)?.last ?? -1n;
  let visible = visibleStream(log, stream);
  let next = from === 'start' ? 0n : from === 'end' ? lastNow() + 1n : from + 1n;
  let live = false;
  await outlet.send(confirmationResponse(randomUUID()));
  while (!outlet.isClosed()) {
    // Catching up it sees what a read would see; live it sees all that is written, whatever retention says of it later.
    const seen = visible ? streamForwards(log, visible, next, reading.nowMs()) : [];
    for (const entry of live ? written(log, stream, next) : seen) {
      next = entry.revision + 1n;
      if (!(await outlet.send(present(reading, entry)))) return;
      if (entry.revision === TOMBSTONE_REVISION) throw new CallFailed({ kind: 'stream-deleted', stream });
    }
    if (!live && (visible || from === 'end')) {
      // What retention hides is behind us now; what came meanwhile is caught up with first.
      if (visible && visible.last >= next) next = visible.last + 1n;
      live = lastNow() < next;
      if (live) await outlet.send(caughtUpResponse());
    }
    if (live || !visible) await bell.next();
    if (!live) visible = visibleStream(log, stream);
  }
};

const written = (log: EventLog, stream: string, from: bigint): Iterable<Entry> => {
  const record = log.stream(stream);
  return record ? revisions(log, record.id, from, TOMBSTONE_REVISION) : [];
};
