export * from './errors';
export * from './installation';
export * from './port';
export * from './runner';
export { type EventStoreSettings, openEventStore } from './esdb/eventstoredb';
