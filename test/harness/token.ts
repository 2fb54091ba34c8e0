import { randomUUID } from 'node:crypto';

import type { Role } from '@tempore/principals';

import { signLocalToken, type TokenClaims } from '../../apps/composition/src/local-issuer';

const ONE_DAY_MS = 86_400_000;

interface Issuer {
  readonly dataDir: string;
  readonly audience: string;
}

/** Signs what lets somebody new in for a day, as the local issuer of an installation does. */
export const dayToken = (
  { dataDir, audience }: Issuer,
  roles: readonly Role[],
  claims: Partial<TokenClaims> = {},
): Promise<string> => {
  const issuedAt = new Date();
  return signLocalToken(dataDir, {
    subject: randomUUID(),
    tokenId: randomUUID(),
    roles,
    audience,
    issuedAt,
    expiresAt: new Date(issuedAt.getTime() + ONE_DAY_MS),
    ...claims,
  });
};
