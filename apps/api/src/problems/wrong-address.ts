import type { FastifyInstance, HTTPMethods } from 'fastify';
import findMyWay from 'find-my-way';

import { RefusedRequest } from './refused-request';

/** Refuses what goes to no route before anything of it is read, and says where another method would have been right. */
export const refuseWrongAddresses = (fastify: FastifyInstance, maxParamLength: number): void => {
  // A router of its own: that of the framework answers for the method that was sent alone.
  const router = findMyWay({ maxParamLength });
  const methods = new Set<HTTPMethods>();
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      methods.add(one);
      if (!router.hasRoute(one as findMyWay.HTTPMethod, url))
        router.on(one as findMyWay.HTTPMethod, url, () => undefined);
    }
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (!request.is404) {
      done();
      return;
    }
    const [path = '/'] = request.url.split('?');
    const allowed = [...methods].filter((method) => router.find(method as findMyWay.HTTPMethod, path) !== null);
    done(allowed.length > 0 ? wrongMethod(request.method, path, allowed) : notFound(request.method, path));
  });
};

const wrongMethod = (method: string, path: string, allowed: readonly string[]): RefusedRequest =>
  new RefusedRequest(
    'METHOD_NOT_ALLOWED',
    405,
    `${method} does nothing at ${path}.`,
    { remedy: `Send ${allowed.join(' or ')}.` },
    { allow: allowed.join(', ') },
  );

const notFound = (method: string, path: string): RefusedRequest =>
  new RefusedRequest('NOT_FOUND', 404, `There is no ${method} ${path}.`, {
    remedy: 'Look the address up in the description of the API.',
  });
