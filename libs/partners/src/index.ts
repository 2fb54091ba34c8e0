export * from './messages';
export * from './partner.commands';
export { partner } from './partner.decider';
export type { PartnerState } from './partner.state';
