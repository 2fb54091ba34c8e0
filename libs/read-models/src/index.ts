export * from './query';
export * from './partners/partners.query';
export * from './partners/partners.view';
export * from './deals/deals.query';
export * from './deals/deals.view';
export * from './sequence/sequence.query';
export * from './sequence/sequence.view';
