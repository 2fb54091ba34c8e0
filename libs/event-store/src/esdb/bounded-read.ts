import type { RecordedEvent, ResolvedEvent, StreamingRead } from '@eventstore/db-client';

import { Unsettled } from './failures';

/**
 * All events of a read that asks for a bounded number. The client never gives a read up by itself, whatever deadline
 * it is told, so one that stays silent for `ms` is given up here. Throws what the read failed with, or `Unsettled`.
 */
export const readBounded = async (read: StreamingRead<ResolvedEvent>, ms: number): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  const timer = setTimeout(() => {
    read.destroy(new Unsettled(`no answer within ${ms.toFixed()} ms`));
    read.cancel().catch(() => undefined);
  }, ms);
  // What the connection reports after the read was given up has nobody else to go to.
  read.on('error', () => undefined);
  try {
    for await (const { event } of read as AsyncIterable<ResolvedEvent>) {
      if (event) events.push(event);
      timer.refresh();
    }
    return events;
  } finally {
    clearTimeout(timer);
  }
};
