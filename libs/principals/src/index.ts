export * from './messages';
export * from './principal.commands';
export { principal } from './principal.decider';
export type { PrincipalState } from './principal.state';
export { expectRoles, isPartnerRole } from './role-pairing';
export * from './stake.commands';
export { hasDeclared, hasStake, type KnownStake, stakesAt, type StakesState } from './stake.state';
