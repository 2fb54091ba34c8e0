export * from './erasure';
export * from './messages';
export * from './person.commands';
export type { PersonContext } from './person.decide';
export { person } from './person.decider';
export { type Hold, holdsAt, type PersonState } from './person.state';
