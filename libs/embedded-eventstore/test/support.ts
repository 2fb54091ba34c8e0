import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { type AppendResult, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import { credentials } from '@grpc/grpc-js';

import { DEFAULT_OPTIONS, type EventStoreNode, type NodeOptions, startNode } from '../src';

/** A directory of its own, and how to remove it. */
export const temporaryDirectory = (): { readonly path: string; readonly remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'eventstore-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

export type Connected = {
  readonly node: EventStoreNode;
  readonly client: EventStoreDBClient;
  /** The generated client, for what the other one cannot ask. */
  readonly raw: StreamsClient;
  readonly close: () => Promise<void>;
};

/** A throw-away node in this process with clients connected to it. */
export const connectedNode = async (options: Partial<NodeOptions> = {}): Promise<Connected> => {
  const directory = temporaryDirectory();
  const node = await startNode({ ...DEFAULT_OPTIONS, dataDir: directory.path, port: 0, sync: false, ...options });
  const client = EventStoreDBClient.connectionString(node.url);
  const raw = new StreamsClient(`${node.host}:${node.port}`, credentials.createInsecure());
  const close = async () => {
    raw.close();
    await client.dispose();
    await node.stop();
    directory.remove();
  };
  return { node, client, raw, close };
};

/** Events that say their number. */
export const numbered = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => jsonEvent({ type: 'numbered', data: { n: from + i } }));

export const positionOf = (result: AppendResult): bigint => {
  if (!result.position) throw new Error('The append was answered without a position.');
  return result.position.commit;
};

/** Waits until it holds; the test's own time-out ends a wait in vain. */
export const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await pause(5);
};

export const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};
