export * from './messages';
export { availabilityCheck, type RecordAvailabilityCheck } from './availability';
export { knownToPartner } from './claim';
export type {
  Claim,
  ClaimState,
  ClaimStatus,
  PendingAmendment,
  PendingWin,
  Question,
  Turn,
  Turns,
  WaitingClock,
} from './claim';
export * from './docket.commands';
export type { DocketContext } from './docket.context';
export { docket, docketClocks } from './docket.decider';
export { dueAt } from './docket.settle';
export type { DocketState } from './docket.state';
export { weigh } from './filing.decide';
export { clockEnd } from './partner-clocks';
export { deciderHasStake, statedWithStake } from './neutral';
export * from './rights';
export { ownVerdicts, type OwnVerdict } from './rules.decide';
export type { Failing } from './validity';
export * from './standing';
