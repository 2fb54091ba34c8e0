export * from './decider';
export * from './event';
export * from './ids';
export * from './log';
export * from './money';
export * from './proposal';
export * from './refusal';
export * from './time';
