export * from './messages';
export { access, type RecordReading } from './access.decider';
