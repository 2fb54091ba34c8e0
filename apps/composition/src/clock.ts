import { type Instant, toInstant } from '@tempore/kernel';

/** Injection token of the one clock of a process. */
export const CLOCK = Symbol('CLOCK');

export type Clock = () => Instant;

export const systemClock: Clock = () => toInstant(new Date());
