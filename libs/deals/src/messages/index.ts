/** What other rooms may know of deals. */
export * from '../amendable';
export * from '../content-ref';
export * from '../deal.content';
export * from '../deal.events';
export * from '../deal.stream';
