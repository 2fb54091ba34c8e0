export * from './messages';
export type { Claim, ClaimState, ClaimStatus, PendingAmendment, PendingWin, Question, Turn, Turns } from './claim';
export * from './docket.commands';
export type { DocketContext } from './docket.context';
export { docket } from './docket.decider';
export { dueAt } from './docket.settle';
export type { DocketState } from './docket.state';
export type { Failing } from './validity';
export * from './standing';
