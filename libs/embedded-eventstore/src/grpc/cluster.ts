import { type handleUnaryCall, type ServiceDefinition } from '@grpc/grpc-js';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import { type Empty } from '@eventstore/db-client/generated/shared_pb';

import { structuredUuid } from '../wire/uuid';

/** The server whose recorded answers this node is measured by. */
export const SERVER_VERSION = '23.10.6';

export type Address = { readonly host: string; readonly port: number };

/** A host as it stands before a port. */
export const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** `Gossip/Read`: a cluster of one, always its leader, at the address clients are told to use. */
export const gossip =
  (instanceId: string, advertised: () => Address, nowMs: () => number): handleUnaryCall<Empty, ClusterInfo> =>
  (_call, answer) => {
    const { host, port } = advertised();
    const member = new MemberInfo()
      .setInstanceId(structuredUuid(instanceId))
      .setTimeStamp(String(BigInt(nowMs()) * 10_000n))
      .setState(MemberInfo.VNodeState.LEADER)
      .setIsAlive(true)
      .setHttpEndPoint(new EndPoint().setAddress(host).setPort(port));
    answer(null, new ClusterInfo().setMembersList([member]));
  };

/** What a method can do beyond its first version, by path. */
const FEATURES: Record<string, string[]> = {
  '/event_store.client.streams.Streams/Read': ['position', 'events'],
};

/** `ServerFeatures/GetSupportedMethods`: every method of the services given. */
export const supportedMethods = (services: readonly ServiceDefinition[]): handleUnaryCall<Empty, SupportedMethods> => {
  const methods = services.flatMap((service) =>
    Object.values(service).map(({ path }) => {
      const [, serviceName = '', methodName = ''] = path.toLowerCase().split('/');
      return new SupportedMethod()
        .setServiceName(serviceName)
        .setMethodName(methodName)
        .setFeaturesList(FEATURES[path] ?? []);
    }),
  );
  const answer = new SupportedMethods().setEventStoreServerVersion(SERVER_VERSION).setMethodsList(methods);
  return (_call, reply) => reply(null, answer);
};
