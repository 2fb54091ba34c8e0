/** How a docket stands, and what follows from that: what views tell of it. Nothing here decides. */
export * from '../messages';
export {
  type Claim,
  type ClaimState,
  type ClaimStatus,
  claimStatuses,
  documentDueAt,
  isLive,
  owesDocument,
  type Turn,
  turnOf,
} from '../claim';
export { dueAt } from '../docket.settle';
export { docketFold, type DocketState } from '../docket.state';
export * from '../next-move';
