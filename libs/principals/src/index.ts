export * from './messages';
export * from './principal.commands';
export { principal } from './principal.decider';
export type { PrincipalState } from './principal.state';
