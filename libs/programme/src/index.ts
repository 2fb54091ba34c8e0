export * from './messages';
export { daysOf } from './holidays';
export * from './policy.commands';
export { policy } from './policy.decider';
export { type EffectivePolicy, policyAt, type PolicyState, type PolicyVersion } from './policy.state';
export * from './rates.commands';
export { rates } from './rates.decider';
export { ratesAt, type RatesState } from './rates.state';
