export * from './messages';
export { expectMayAct, type PartnerStatus } from './may-act';
export * from './partner.commands';
export { partner } from './partner.decider';
export * from './partner-people.commands';
export {
  certificatesAt,
  certifiedPeople,
  type KnownCertificate,
  mailablePeople,
  type PartnerPeopleState,
  unconfirmedAddress,
} from './partner-people.state';
export * from './partner-standing.commands';
export type { PartnerStandingState } from './partner-standing.state';
export type { KnownPartnerState, PartnerState } from './partner.state';
export * from './standing';
