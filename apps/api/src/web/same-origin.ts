import { Refusal } from '@tempore/kernel';
import type { FastifyRequest } from 'fastify';

const SAFE = new Set(['GET', 'HEAD']);

/**
 * A browser sends a cookie along whoever's page asks for it. What changes something is taken from pages of this origin
 * alone: by what the browser says of the request, or, of an older one, by where it says that the page came from.
 */
export const expectSameOrigin = (request: FastifyRequest): void => {
  if (SAFE.has(request.method) || isSameOrigin(request)) return;
  throw new Refusal('CROSS_SITE', 'forbidden', 'The request came from a page of another site.', {
    remedy: 'Send it from a page of this address, or with a bearer token in place of the session.',
  });
};

const isSameOrigin = ({ headers, host }: FastifyRequest): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = headers;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
};
