export * from './query';
export * from './partners/partners.query';
export * from './partners/partners.view';
