export * from './notice.commands';
export { notice } from './notice.decider';
export type { GivenNotice, NoticeState } from './notice.state';
export * from './messages';
export * from './render';
