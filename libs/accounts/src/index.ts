export * from './messages';
export * from './account.commands';
export { account } from './account.decider';
export * from './account-keys';
export { openingOf } from './account-opening';
export { type AccountState, isValidAt, nameAt, type NamePeriod, type OpenAccountState } from './account.state';
export * from './accountkey.commands';
export { accountKey } from './accountkey.decider';
export type { AccountKeyState } from './accountkey.state';
