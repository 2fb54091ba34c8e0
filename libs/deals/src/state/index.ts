/** How a deal stands: what views tell of it. Nothing here decides. */
export * from '../messages';
export { dealFold, type DealState, lastOf } from '../deal.state';
