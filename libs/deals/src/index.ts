export * from './messages';
export { changedFields } from './amendment';
export { firstYearOf, missingFields, type Submission, submissionOf } from './completeness';
export { type ContentRef, contentHash } from './content-hash';
export * from './deal.commands';
export { deal } from './deal.decider';
export type { DealState, Filed, Statement } from './deal.state';
export type { DealContext } from './registration.decide';
