import { LRUCache } from 'lru-cache';
import type { Principal } from '@tempore/acts';

/** What a token says, and from when until when, in ms since the epoch. */
export interface VerifiedToken {
  readonly principal: Principal;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** So long a key that the issuer has withdrawn may still let somebody in. */
const REMEMBERED_MS = 60_000;
const MOST = 10_000;

/** Spares the check of a signature for a token that was found good less than a minute ago and has not expired since. */
export const remembering = (
  verify: (token: string) => Promise<VerifiedToken>,
  now: () => number = Date.now,
): ((token: string) => Promise<VerifiedToken>) => {
  const good = new LRUCache<string, { readonly verified: VerifiedToken; readonly until: number }>({ max: MOST });
  return async (token) => {
    const known = good.get(token);
    if (known && now() < known.until) return known.verified;
    const verified = await verify(token);
    good.set(token, { verified, until: Math.min(verified.expiresAt, now() + REMEMBERED_MS) });
    return verified;
  };
};
