import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

/** Why a request was refused. */
interface RefusedBecause {
  readonly code: string;
  readonly reason: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    refused?: RefusedBecause;
  }
}

/** What is refused for who asks, and not for what: somebody knocks at a door that is not theirs. */
const KNOCKS: ReadonlySet<number> = new Set([401, 403]);

const callerOf = ({ principal }: FastifyRequest) =>
  principal && {
    id: principal.id,
    roles: principal.roles,
    ...(principal.side === 'partner' && { partnerId: principal.partnerId }),
  };

/** Without the query: it may hold the name of a person or a customer, or the secret of a mailed link. */
const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? '';

/**
 * One line a request, once it is answered, with who asked; a refusal carries its code, and one of the caller its reason,
 * which is a sentence of ours and repeats nothing that was sent.
 */
export const logRequests = (fastify: FastifyInstance, logger: Logger): void => {
  fastify.addHook('onResponse', (request, reply, done) => {
    const { id: requestId, method, ip, refused, routeOptions } = request;
    const { statusCode: status, elapsedTime } = reply;
    const isKnock = KNOCKS.has(status);
    const line = {
      requestId,
      method,
      path: pathOf(request),
      route: routeOptions.url,
      remoteAddress: ip,
      caller: callerOf(request),
      status,
      ...(refused && { refused: isKnock ? refused : { code: refused.code } }),
      ms: Math.round(elapsedTime),
    };
    if (isKnock) logger.warn(line, 'refused');
    else logger.info(line, 'answered');
    done();
  });
};
