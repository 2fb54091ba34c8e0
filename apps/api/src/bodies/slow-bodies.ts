import type { FastifyInstance } from 'fastify';

import { RefusedRequest } from '../problems/refused-request';
import { takesForm } from './media-types';

/** How long a body may take to arrive, in ms. */
export interface BodyTimes {
  readonly json: number;
  readonly form: number;
}

/** A body that comes drop by drop is given up: whoever sends it would hold a connection, and memory, for ever. */
export const endSlowBodies = (fastify: FastifyInstance, within: BodyTimes): void => {
  fastify.addHook('preParsing', (request, _reply, _payload, done) => {
    const { raw } = request;
    const limit = takesForm(request) ? within.form : within.json;
    // Whoever reads the body fails with it, and the failure is answered while the connection is still there.
    const timer = setTimeout(() => raw.emit('error', tooSlow(limit)), limit).unref();
    const settle = (): void => clearTimeout(timer);
    raw.once('end', settle).once('close', settle).once('error', settle);
    done();
  });
};

const tooSlow = (limit: number): RefusedRequest =>
  new RefusedRequest('BODY_TOO_SLOW', 408, `The body did not arrive within ${limit / 1_000} s.`, {
    remedy: 'Send the same request with the same Idempotency-Key again, over a faster connection.',
  });
