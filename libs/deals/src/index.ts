export * from './messages';
export * from './deal.commands';
export { deal } from './deal.decider';
export type { DealState } from './deal.state';
