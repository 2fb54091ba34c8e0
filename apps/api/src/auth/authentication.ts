import type { Principal } from '@tempore/acts';
import { Refusal } from '@tempore/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { expectSameOrigin } from '../web/same-origin';
import { sessionSecretOf } from '../web/session-cookie';
import type { TokenVerifier } from './token-verifier';

declare module 'fastify' {
  interface FastifyRequest {
    principal?: Principal;
  }
  interface FastifyContextConfig {
    /** The route is open to callers without a token. */
    open?: true;
  }
}

/** Injection token of `Authenticate`. */
export const AUTHENTICATE = Symbol('AUTHENTICATE');

/** Who asks. Throws a `Refusal` where neither a token nor a session says so. */
export type Authenticate = (request: FastifyRequest) => Promise<Principal>;

/** Whom a session stands for; undefined where there is none, or it has ended. */
export type FindPrincipal = (sessionSecret: string) => Promise<Principal | undefined>;

/** Knows callers by their bearer token; those without one, a browser's, by the session that its cookie names. */
export const authentication = (verify: TokenVerifier, find: FindPrincipal): Authenticate => {
  const known = async (request: FastifyRequest): Promise<Principal> => {
    const { authorization } = request.headers;
    if (authorization !== undefined) return (await verify(tokenIn(authorization))).principal;
    const secret = sessionSecretOf(request);
    if (secret === undefined) throw unauthenticated();
    expectSameOrigin(request);
    const principal = await find(secret);
    if (!principal) throw unauthenticated('The session has ended.');
    return principal;
  };
  return async (request) => (request.principal ??= await known(request));
};

const tokenIn = (authorization: string): string => {
  const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  if (!token) throw unauthenticated();
  return token;
};

export const unauthenticated = (why = 'This needs a bearer token.'): Refusal =>
  new Refusal('UNAUTHENTICATED', 'unauthenticated', why, {
    remedy:
      'Send "Authorization: Bearer <token>"; `npx tempore token` mints one for the local issuer. In a browser, sign in again.',
  });

/** Of these no body is ever read. */
const BODYLESS = new Set(['GET', 'HEAD']);

/** Lets nobody send a body, or have one parsed, before it is known who they are. */
export const knowWhoSends = (fastify: FastifyInstance, authenticate: Authenticate): void => {
  fastify.addHook('onRequest', async (request) => {
    const { method, routeOptions } = request;
    if (!BODYLESS.has(method) && routeOptions.config.open !== true) await authenticate(request);
  });
};
