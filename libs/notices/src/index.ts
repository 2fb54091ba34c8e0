export * from './inbox.commands';
export { inbox } from './inbox.decider';
export type { InboxState } from './inbox.state';
export * from './messages';
