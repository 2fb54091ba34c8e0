import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Act } from '@tempore/acts';
import { Refusal } from '@tempore/kernel';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    act?: Act;
  }
}

const KEY = /^[\x21-\x7e]{8,200}$/;

/** The request's `Idempotency-Key`. Throws a `Refusal` where it is missing or malformed. */
export const idempotencyKeyOf = (request: FastifyRequest): string => {
  const key = request.headers['idempotency-key'];
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw new Refusal(
    key === undefined ? 'IDEMPOTENCY_KEY_MISSING' : 'IDEMPOTENCY_KEY_MALFORMED',
    'invalid',
    'The header Idempotency-Key must hold 8 to 200 visible ASCII characters.',
    { remedy: 'Send a fresh UUID for a new request, and the same one when you repeat it.' },
  );
};

/** Hands the handler of a command the act that the request stands for. */
export const TheAct = createParamDecorator((_: unknown, context: ExecutionContext): Act => {
  const { act } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!act) throw new Error('Only a route that changes something has an act');
  return act;
});

/** Of a request that may be refused at first and carried out later. */
export const DECIDED_ANEW =
  'A refusal is no outcome: it is decided anew each time the request is repeated, so that the same key may succeed later.';

/** Documents the headers that every command takes. */
export const ApiCommandHeaders = (): MethodDecorator & ClassDecorator =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'A fresh UUID per request; a repeat of the request sends the same one and takes effect once.',
    example: '6f1c8a52-6a0e-4b7e-9d3b-0c9a4f3a2b11',
  });
