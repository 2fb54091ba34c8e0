export * from './errors';
export * from './installation';
export * from './port';
export { CommandRunner, insistOn, type Outcome, type RunnerSettings } from './runner';
export { type CommandMeta, NOBODY } from './stamp';
export { type EventStoreSettings, openEventStore } from './esdb/eventstoredb';
