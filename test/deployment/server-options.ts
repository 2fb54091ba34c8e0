/**
 * The options that the servers know, of the groups that a compose file sets: `ApplicationOptions`, `ClusterOptions`,
 * `InterfaceOptions` and `ProjectionOptions` of `ClusterVNodeOptions.cs`. A server refuses to start where it is given
 * another, unless it is told to allow that.
 */
const common = [
  ...['Help', 'Version', 'Config', 'WhatIf', 'AllowUnknownOptions', 'DisableHttpCaching', 'StatsPeriodSec'],
  ...['WorkerThreads', 'EnableHistograms', 'LogHttpRequests', 'LogFailedAuthenticationAttempts'],
  ...['SkipIndexScanOnReads', 'MaxAppendSize', 'MaxAppendEventSize', 'Insecure', 'AllowAnonymousEndpointAccess'],
  ...['AllowAnonymousStreamAccess', 'OverrideAnonymousEndpointAccessForGossip', 'TelemetryOptout'],
  ...['StreamInfoCacheCapacity', 'ClusterSize', 'NodePriority', 'DiscoverViaDns', 'ClusterDns', 'ClusterGossipPort'],
  ...['GossipSeed', 'GossipIntervalMs', 'GossipAllowedDifferenceMs', 'GossipTimeoutMs', 'ReadOnlyReplica', 'Archiver'],
  ...['UnsafeAllowSurplusNodes', 'DeadMemberRemovalPeriodSec', 'LeaderElectionTimeoutMs'],
  ...['ReplicationIp', 'NodeIp', 'NodePort', 'ReplicationPort', 'NodeHostAdvertiseAs', 'ReplicationHostAdvertiseAs'],
  ...['AdvertiseHostToClientAs', 'AdvertiseNodePortToClientAs', 'NodePortAdvertiseAs'],
  ...['ReplicationTcpPortAdvertiseAs', 'ReplicationHeartbeatTimeout', 'ReplicationHeartbeatInterval'],
  ...['EnableUnixSocket', 'ConnectionPendingSendBytesThreshold', 'ConnectionQueueSizeThreshold', 'DisableAdminUi'],
  ...['DisableStatsOnHttp', 'DisableGossipOnHttp', 'EnableTrustedAuth', 'EnableAtomPubOverHttp'],
  ...['RunProjections', 'StartStandardProjections', 'ProjectionThreads', 'ProjectionsQueryExpiry'],
  ...['FaultOutOfOrderProjections', 'ProjectionCompilationTimeout', 'ProjectionExecutionTimeout'],
];

/** By the prefix of their variables. A KurrentDB reads both families, its own over the other; an EventStoreDB reads its own. */
export const serverOptions: Readonly<Record<string, ReadonlySet<string>>> = {
  EVENTSTORE_: new Set(common),
  KURRENTDB_: new Set([...common, 'MaxProjectionStateSize']),
};

/** `RunProjections` for `KURRENTDB_RUN_PROJECTIONS`. */
export const optionOf = (variable: string, prefix: string): string =>
  variable
    .slice(prefix.length)
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('');
