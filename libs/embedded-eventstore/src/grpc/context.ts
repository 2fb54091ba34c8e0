import { type Changes } from '../changes';
import { type EventLog } from '../storage/event-log';
import { type Writer } from '../write/writer';
import { type ActiveCalls } from './calls';

/** What the services of one node share. */
export type NodeContext = {
  readonly log: EventLog;
  readonly writer: Writer;
  readonly changes: Changes;
  readonly calls: ActiveCalls;
  /** Bytes of data in one append. */
  readonly maxAppendSize: number;
  readonly nowMs: () => number;
};
