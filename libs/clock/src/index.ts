export * from './clock';
export * from './messages';
