import { deriveId, Refusal } from '@tempore/kernel';
import { type Role, roles as knownRoles } from '@tempore/principals';
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

import { LOCAL_ISSUER, localVerificationKey } from '../../../composition/src/local-issuer';
import { type Principal, principalOf } from './principal';
import { remembering } from './remembered-tokens';

const claims = z.object({
  sub: z.string().min(1),
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

export type TokenVerifier = (token: string) => Promise<Principal>;

export interface VerifierSettings {
  readonly oidc: { readonly issuer: string | undefined; readonly audience: string };
  readonly dataDir: string;
}

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
export const tokenVerifier = ({ oidc, dataDir }: VerifierSettings): TokenVerifier => {
  const issuer = oidc.issuer ?? LOCAL_ISSUER;
  const local = oidc.issuer ? undefined : localVerificationKey(dataDir);
  const keys = local ? createLocalJWKSet({ keys: [{ ...local.key, alg: local.algorithm }] }) : discoverKeys(issuer);
  const algorithms = local ? [local.algorithm] : OIDC_ALGORITHMS;
  return remembering(async (token) => {
    const verified = await jwtVerify(token, keys, {
      issuer,
      audience: oidc.audience,
      algorithms,
      requiredClaims: ['exp'],
    }).catch((error: unknown) => {
      if (error instanceof errors.JOSEError) throw unauthorised(`The token is not accepted: ${error.message}.`);
      throw error;
    });
    const parsed = claims.safeParse(verified.payload);
    if (!parsed.success) throw unauthorised('The token lacks a subject, a known role, or has a malformed partner_id.');
    const { sub, roles, partner_id, exp } = parsed.data;
    // An outside issuer's subject may be a name or an e-mail address: what goes into the log is derived from it.
    const id = local ? sub : deriveId('principal', issuer, sub);
    return { principal: identified(id, roles, partner_id), expiresAt: exp * 1_000 };
  });
};
