export * from './errors';
export { History } from './history';
export * from './installation';
export * from './port';
export { CommandRunner, insistOn, type Outcome, type RunnerSettings, type StreamState } from './runner';
export { type CommandMeta, NOBODY } from './stamp';
export { Turns } from './turns';
export { type EventStoreSettings, openEventStore } from './esdb/eventstoredb';
export { OpenStreams } from './esdb/open-streams';
