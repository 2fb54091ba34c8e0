export * from './accounts';
export * from './fold';
export * from './given';
export * from './play';
export * from './partners';
export * from './deals';
export * from './people';
