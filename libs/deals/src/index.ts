export * from './messages';
export { changedFields } from './amendment';
export { missingFields } from './completeness';
export { type ContentRef, contentHash } from './content-hash';
export * from './deal.commands';
export { deal } from './deal.decider';
export { type DealState, type Filed, lastOf, type Statement, type Statements } from './deal.state';
export type { DealContext } from './registration.decide';
export { type Amendment, amendmentSince, firstYearOf, type Submission, submissionOf } from './submission';
