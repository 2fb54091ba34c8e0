/** What other rooms may know of deals. */
export * from '../amendable';
export { incomplete } from '../completeness';
export * from '../content-ref';
export * from '../deal.content';
export * from '../deal.events';
export * from '../deal.stream';
