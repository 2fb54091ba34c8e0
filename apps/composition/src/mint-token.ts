import { randomUUID } from 'node:crypto';

import { requestHasher } from '@tempore/acts';
import { deriveId, toInstant } from '@tempore/kernel';
import { principal, type Role } from '@tempore/principals';

import type { TokenClaims } from './local-issuer';
import type { Stores } from './stores';

/** Who mints on this machine; whoever can read the issuer's key can. */
const OPERATOR = deriveId('principal', 'local-operator');

export interface Minting {
  /** A new one where absent. */
  readonly subject?: string | undefined;
  readonly roles: readonly Role[];
  readonly partnerId?: string | undefined;
  readonly audience: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/**
 * Puts on record that the local issuer lets somebody in, and hands back what their token says. On record first: a token
 * nobody knows of must not exist, a recorded one that was never handed out does no harm.
 */
export const mintToken = async (
  { runner, secrets }: Pick<Stores, 'runner' | 'secrets'>,
  { subject = randomUUID(), roles, partnerId, audience, issuedAt, expiresAt }: Minting,
): Promise<TokenClaims> => {
  const tokenId = randomUUID();
  const data = { tokenId, roles: [...roles], partnerId: partnerId ?? null, expiresAt: toInstant(expiresAt) };
  await runner.run(
    principal,
    subject,
    { type: 'MintToken', data },
    {
      commandId: tokenId,
      requestHash: requestHasher(secrets)(data),
      actor: OPERATOR,
      now: toInstant(issuedAt),
      correlationId: tokenId,
    },
    {},
  );
  return { tokenId, subject, roles, ...(partnerId ? { partnerId } : {}), audience, issuedAt, expiresAt };
};
