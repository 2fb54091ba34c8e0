export * from './errors';
export { History } from './history';
export * from './installation';
export * from './port';
export { CommandRunner, insistOn, type Outcome, type RunnerSettings } from './runner';
export { type CommandMeta, NOBODY } from './stamp';
export { Turns } from './turns';
export { type EventStoreSettings, openEventStore } from './esdb/eventstoredb';
export { OpenStreams } from './esdb/open-streams';
