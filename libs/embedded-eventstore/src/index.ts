export { type Exit, type LaunchedNode, type LaunchOptions, startEventStoreNode } from './launcher';
export { DEFAULT_OPTIONS, type EventStoreNode, type NodeOptions, startNode } from './node';
