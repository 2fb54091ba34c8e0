import { type Principal, principalOf } from '@tempore/acts';
import { Refusal } from '@tempore/kernel';
import { type Role, roles as knownRoles } from '@tempore/principals';
import type { Settings } from '@tempore/settings';
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

import { LOCAL_ISSUER, localVerificationKey } from '../../../composition/src/local-issuer';
import type { IdOfSubject } from './id-of-subject';
import type { RevokedTokens } from './revoked-tokens';
import { remembering, type VerifiedToken } from './remembered-tokens';

const claims = z.object({
  sub: z.string().min(1),
  iat: z.number(),
  exp: z.number(),
  roles: z.array(z.enum(knownRoles)).min(1),
  partner_id: z.guid().optional(),
});

const unauthorised = (reason: string): Refusal =>
  new Refusal('UNAUTHENTICATED', 'unauthenticated', reason, {
    remedy:
      'Send a valid token as "Authorization: Bearer <token>"; `npx tempore token` mints one for the local issuer.',
  });

/** Throws where the token's roles and its partner do not go together. */
const identified = (id: string, held: readonly Role[], partnerId: string | undefined): Principal => {
  try {
    return principalOf(id, held, partnerId?.toLowerCase() ?? null);
  } catch (error) {
    throw error instanceof Refusal ? unauthorised(`The token is not accepted: ${error.message}`) : error;
  }
};

export type TokenVerifier = (token: string) => Promise<VerifiedToken>;

export type VerifierSettings = Pick<Settings, 'oidc' | 'tokenMaxHours' | 'dataDir'>;

/** What the log says of a principal's tokens. */
export type Revocations = Pick<RevokedTokens, 'areRevoked'>;

/** An access token (RFC 9068) says what it is, or nothing: an ID token, a logout token are none. */
const isAccessToken = (typ: string | undefined): boolean => typ === undefined || /^(application\/)?at\+jwt$/i.test(typ);

/** So far an issuer's clock may be ahead of ours. */
const CLOCK_SKEW_S = 60;

const expectLife = ({ iat, exp }: { readonly iat: number; readonly exp: number }, maxHours: number): void => {
  if (iat > Date.now() / 1_000 + CLOCK_SKEW_S) throw unauthorised('The token is not accepted: "iat" is in the future.');
  if (exp - iat > maxHours * 3_600)
    throw unauthorised(`The token is not accepted: it was issued for longer than ${maxHours} hours.`);
};

/** The algorithms an outside issuer may sign with; a symmetric one would make every holder of the key an issuer. */
const OIDC_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];

const DISCOVERY_TIMEOUT_MS = 5_000;

const issuerUnavailable = (cause: unknown): Refusal =>
  new Refusal('ISSUER_UNAVAILABLE', 'unavailable', `The issuer's keys could not be read: ${String(cause)}`);

const discoverKeys = (issuer: string): JWTVerifyGetKey => {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const discover = async (): Promise<JWTVerifyGetKey> => {
    const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(DISCOVERY_TIMEOUT_MS),
    });
    if (!answer.ok) throw new Error(`it answered ${answer.status}`);
    const document = z.object({ issuer: z.literal(issuer), jwks_uri: z.url() }).parse(await answer.json());
    return createRemoteJWKSet(new URL(document.jwks_uri));
  };
  return async (header, token) => {
    keys ??= discover().catch((error: unknown) => {
      keys = undefined;
      throw issuerUnavailable(error);
    });
    const find = await keys;
    try {
      return await find(header, token);
    } catch (error) {
      // A key that the issuer does not have is the token's fault; anything else is the issuer's.
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw issuerUnavailable(error);
    }
  };
};

/** Checks bearer tokens of the configured OIDC issuer, or of the local one where none is configured. */
export const tokenVerifier = (
  { oidc, tokenMaxHours, dataDir }: VerifierSettings,
  revocations: Revocations,
  idOf: IdOfSubject,
): TokenVerifier => {
  const issuer = oidc.issuer ?? LOCAL_ISSUER;
  const local = oidc.issuer ? undefined : localVerificationKey(dataDir);
  const keys = local ? createLocalJWKSet({ keys: [{ ...local.key, alg: local.algorithm }] }) : discoverKeys(issuer);
  const algorithms = local ? [local.algorithm] : OIDC_ALGORITHMS;
  const verify = remembering(async (token) => {
    const verified = await jwtVerify(token, keys, {
      issuer,
      audience: oidc.audience,
      algorithms,
      requiredClaims: ['iat', 'exp'],
    }).catch((error: unknown) => {
      if (error instanceof errors.JOSEError) throw unauthorised(`The token is not accepted: ${error.message}.`);
      throw error;
    });
    if (!isAccessToken(verified.protectedHeader.typ)) throw unauthorised('The token is no access token, by its "typ".');
    const parsed = claims.safeParse(verified.payload);
    if (!parsed.success) throw unauthorised('The token lacks a subject, a known role, or has a malformed partner_id.');
    const { sub, roles, partner_id, iat, exp } = parsed.data;
    expectLife({ iat, exp }, tokenMaxHours);
    const id = idOf(sub);
    if (id === undefined) throw unauthorised('The token is not accepted: its subject is not a UUID.');
    return { principal: identified(id, roles, partner_id), issuedAt: iat * 1_000, expiresAt: exp * 1_000 };
  });
  return async (token) => {
    const verified = await verify(token);
    if (revocations.areRevoked(verified.principal.id, verified.issuedAt)) throw unauthorised('The token is revoked.');
    return verified;
  };
};
