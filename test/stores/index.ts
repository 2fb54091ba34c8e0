export { type Database, databaseUrl, freshDatabase } from './database';
export { eventStoreUrl, freshNamespace } from './event-store';
export { Lasting, lasting } from './lasting';
export { type OwnNode, startOwnNode } from './own-node';
export { type Proxy, startProxy } from './proxy';
export { type Fate, type Relay, startRelay, type Told } from './relay';
export { until } from './until';
