import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { Changes } from './changes';
import { ActiveCalls } from './grpc/calls';
import { type Address, SERVER_VERSION, urlHost } from './grpc/cluster';
import { createServer, listen, shutDown } from './grpc/server';
import { EventLog, type EventLogOptions, LogInUse } from './storage/event-log';
import { RecentIds } from './write/recent-ids';
import { StreamWrites } from './write/stream-writes';
import { Writer } from './write/writer';

export type NodeOptions = {
  /** Directory of the log; made where it is missing. */
  readonly dataDir: string;
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** The address that cluster discovery tells clients; the one it listens on where absent. */
  readonly advertise?: Address | undefined;
  /** Bytes of data in one append. */
  readonly maxAppendSize: number;
  /** false never waits for the disk: for throw-away logs only. */
  readonly sync: boolean;
  /** Where an empty log begins. */
  readonly firstPosition: bigint;
};

export const DEFAULT_OPTIONS = {
  host: '127.0.0.1',
  port: 2113,
  maxAppendSize: 1_048_576,
  sync: true,
  firstPosition: 0n,
} as const satisfies Partial<NodeOptions>;

export type EventStoreNode = {
  readonly host: string;
  readonly port: number;
  /** Connection string for the client. */
  readonly url: string;
  /** Ends every call with CANCELLED, lets what is being written be flushed, and closes the log. */
  readonly stop: () => Promise<void>;
};

/** How long callers may take to receive how their calls ended. */
const PATIENCE_MS = 500;

/** How long a start waits for another process to leave the log. */
const TAKEOVER_MS = 3_000;

/**
 * Opens the log and serves it. `onBroken` hears why the log could not be written: every call has ended then, and the
 * node is to be stopped.
 *
 * @throws Error where the directory is in use, the log is unreadable, or the address is taken.
 */
export const startNode = async (
  options: NodeOptions,
  onBroken: (reason: string) => void = () => {},
): Promise<EventStoreNode> => {
  const log = await openLog({ directory: options.dataDir, ...options });
  const calls = new ActiveCalls();
  const changes = new Changes();
  const nowMs = () => Date.now();
  const writer = new Writer(log, new StreamWrites(log, new RecentIds(), nowMs), changes, (failure) => {
    calls.endAll(failure);
    onBroken(failure.message);
  });
  let address: Address = { host: options.host, port: options.port };
  const context = { log, writer, changes, calls, maxAppendSize: options.maxAppendSize, nowMs };
  const server = createServer(context, randomUUID(), () => options.advertise ?? address);
  try {
    await seed(log, writer);
    address = { host: options.host, port: await listen(server, address) };
  } catch (error) {
    await log.close();
    throw error;
  }

  const stop = async () => {
    await writer.close();
    calls.endAll({ kind: 'shutting-down' });
    await shutDown(server, PATIENCE_MS);
    await log.close();
  };
  let stopping: Promise<void> | undefined;
  return {
    ...address,
    url: `esdb://${urlHost(address.host)}:${address.port}?tls=false`,
    stop: () => (stopping ??= stop()),
  };
};

/** A node whose parent was killed needs a moment to notice and to end; the next start waits for it. */
const openLog = async (options: EventLogOptions): Promise<EventLog> => {
  const deadline = Date.now() + TAKEOVER_MS;
  for (;;) {
    try {
      return await EventLog.open(options);
    } catch (error) {
      if (!(error instanceof LogInUse) || Date.now() > deadline) throw error;
      await pause(50);
    }
  }
};

/** The first event of every log is the node's own, so that no event of anybody stands at the beginning. */
const seed = async (log: EventLog, writer: Writer): Promise<void> => {
  if (log.head() !== undefined) return;
  await writer.append('$embedded-eventstore', 'no_stream', [
    {
      id: randomUUID(),
      type: '$installed',
      contentType: 'application/json',
      metadata: new Uint8Array(),
      data: Buffer.from(JSON.stringify({ speaks: SERVER_VERSION })),
    },
  ]);
};
