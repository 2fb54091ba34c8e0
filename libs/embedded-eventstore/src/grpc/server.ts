import { Server, ServerCredentials } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';

import { append } from './append';
import { batchAppend } from './batch-append';
import { type Address, gossip, supportedMethods, urlHost } from './cluster';
import { type NodeContext } from './context';
import { softDelete, tombstone } from './delete';
import { read } from './read';
import { unsupportedServices } from './unsupported';

/** A message is at most what one event may take beside its names; clients read no more than 17 MiB. */
const LARGEST_MESSAGE = 17 * 1024 * 1024;

/** On one connection, as on the real server: a client whose calls pile up has to show it here too. */
const MOST_STREAMS = 100;

/** The service as it is generated, but for answers that are finished bytes already. */
const streamsService = {
  ...StreamsService,
  read: { ...StreamsService.read, responseSerialize: (message: Buffer) => message },
};

/** Everything this node answers. */
export const createServer = (node: NodeContext, instanceId: string, advertised: () => Address): Server => {
  const server = new Server({
    'grpc.max_receive_message_length': LARGEST_MESSAGE,
    'grpc.max_send_message_length': -1,
    'grpc.max_concurrent_streams': MOST_STREAMS,
  });
  server.addService(streamsService, {
    read: read(node),
    append: append(node),
    batchAppend: batchAppend(node),
    delete: softDelete(node),
    tombstone: tombstone(node),
  });
  server.addService(GossipService, { read: gossip(instanceId, advertised, node.nowMs) });
  server.addService(ServerFeaturesService, {
    getSupportedMethods: supportedMethods([StreamsService, GossipService, ServerFeaturesService]),
  });
  for (const [service, implementation] of unsupportedServices()) server.addService(service, implementation);
  return server;
};

/** @returns the port it listens on. @throws Error where the address is taken. */
export const listen = (server: Server, { host, port }: Address): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync(`${urlHost(host)}:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(new Error(`Cannot listen on ${urlHost(host)}:${port}: ${error.message}`));
      else resolve(bound);
    });
  });

/** Ends the server: gracefully if its callers let it, by force after a while. */
export const shutDown = (server: Server, patienceMs: number): Promise<void> =>
  new Promise((resolve) => {
    const force = setTimeout(() => server.forceShutdown(), patienceMs);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
