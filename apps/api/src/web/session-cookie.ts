import type { FastifyReply, FastifyRequest } from 'fastify';

/** Bound to this host alone, and never sent in the clear: browsers hold a name that begins so to both. */
const SESSION = '__Host-tempore';
/** What a sign-in under way has to remember until the issuer sends the browser back. */
const SIGN_IN = '__Host-tempore-sign-in';

const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax';

const cookie = (request: FastifyRequest, name: string): string | undefined =>
  request.headers.cookie
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

const set = (reply: FastifyReply, name: string, value: string, maxAgeS: number): void => {
  void reply.header('set-cookie', `${name}=${value}; ${ATTRIBUTES}; Max-Age=${maxAgeS}`);
};

export const sessionSecretOf = (request: FastifyRequest): string | undefined => cookie(request, SESSION);

export const setSession = (reply: FastifyReply, secret: string, maxAgeS: number): void =>
  set(reply, SESSION, secret, maxAgeS);

export const clearSession = (reply: FastifyReply): void => set(reply, SESSION, '', 0);

export const signInUnderWay = (request: FastifyRequest): string | undefined => cookie(request, SIGN_IN);

export const rememberSignIn = (reply: FastifyReply, sealed: string, maxAgeS: number): void =>
  set(reply, SIGN_IN, sealed, maxAgeS);

export const forgetSignIn = (reply: FastifyReply): void => set(reply, SIGN_IN, '', 0);
