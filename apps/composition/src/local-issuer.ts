import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';

import { importJWK, type JWK, SignJWT } from 'jose';

import { readOrCreate } from './data-dir';

export const LOCAL_ISSUER = 'urn:tempore:local-issuer';
const ALGORITHM = 'ES256';
/** An access token (RFC 9068): nothing else that an issuer signs passes for one. */
const TYPE = 'at+jwt';

export interface TokenClaims {
  /** Pseudonymous id of the bearer. */
  readonly subject: string;
  readonly tokenId: string;
  readonly roles: readonly string[];
  readonly partnerId?: string;
  readonly audience: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** The private key of the issuer that stands in for an OIDC provider where none is configured. */
const keyPair = (dataDir: string): JWK =>
  JSON.parse(
    readOrCreate(join(dataDir, 'issuer.jwk'), () =>
      JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })),
    ),
  ) as JWK;

/** The key that tokens of the local issuer are checked with. */
export const localVerificationKey = (dataDir: string): { key: JWK; algorithm: string } => {
  const { kty, crv, x, y } = keyPair(dataDir);
  return { key: { kty, crv, x, y } as JWK, algorithm: ALGORITHM };
};

/** Signs a token as the local issuer. */
export const signLocalToken = async (dataDir: string, claims: TokenClaims): Promise<string> =>
  new SignJWT({ roles: claims.roles, ...(claims.partnerId ? { partner_id: claims.partnerId } : {}) })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
    .setIssuer(LOCAL_ISSUER)
    .setAudience(claims.audience)
    .setSubject(claims.subject)
    .setJti(claims.tokenId)
    .setIssuedAt(claims.issuedAt)
    .setExpirationTime(claims.expiresAt)
    .sign(await importJWK(keyPair(dataDir), ALGORITHM));
