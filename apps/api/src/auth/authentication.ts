import type { Principal } from '@tempore/acts';
import { Refusal } from '@tempore/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';

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

/** Who asks. Throws a `Refusal` where no token says so. */
export const authenticated = async (request: FastifyRequest, verify: TokenVerifier): Promise<Principal> => {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!token)
    throw new Refusal('UNAUTHENTICATED', 'unauthenticated', 'This needs a bearer token.', {
      remedy: 'Send "Authorization: Bearer <token>"; `npx tempore token` mints one for the local issuer.',
    });
  request.principal ??= await verify(token);
  return request.principal;
};

/** Of these no body is ever read. */
const BODYLESS = new Set(['GET', 'HEAD']);

/** Lets nobody send a body, or have one parsed, before it is known who they are. */
export const knowWhoSends = (fastify: FastifyInstance, verify: TokenVerifier): void => {
  fastify.addHook('onRequest', async (request) => {
    const { method, routeOptions } = request;
    if (!BODYLESS.has(method) && routeOptions.config.open !== true) await authenticated(request, verify);
  });
};
