import { type Instant, toInstant } from '@tempore/kernel';

export const later = (at: Instant, ms: number): Instant => toInstant(new Date(Date.parse(at) + ms));
