export * from './messages';
export { changedFields } from './amendment';
export { lawfulBasisOf, missingFields } from './completeness';
export { addedTo, type ContentChange, emptyContent, redrafted } from './content-change';
export { contentHash, contentRef, hashedText } from './content-hash';
export * from './deal.commands';
export { deal } from './deal.decider';
export { customerNamedIn, type DealState, type Filed, lastOf, type Statement, type Statements } from './deal.state';
export { type DealContext, discarded } from './registration.decide';
export * from './rights';
export {
  type Amendment,
  amendmentSince,
  contentToFile,
  firstYearOf,
  type Submission,
  submissionOf,
} from './submission';
