import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { CommandMeta } from '@tempore/event-store';
import { deriveId, Refusal } from '@tempore/kernel';
import type { FastifyRequest } from 'fastify';

import type { Principal } from '../auth/principal';

/** What somebody does by one request: who, under which key, when. Every id that it brings about derives from it. */
export interface Act {
  readonly principal: Principal;
  readonly meta: CommandMeta;
  /** Id of something new that this act makes; the same for every repeat of the request. */
  readonly newId: (kind: string) => string;
  /** The ETag that the request insists on, for what stands in more than one stream. */
  readonly ifMatch?: string | undefined;
}

/** The act without a condition, for what goes through several streams. */
export const unconditional = (act: Act): Act => ({ ...act, meta: { ...act.meta, ifRevision: undefined } });

/** A part of an act that may be carried out, and repeated, by itself: everything that it brings about has ids of its own. */
export const partOf = (act: Act, name: string): Act => {
  const commandId = deriveId(act.meta.commandId, 'part', name);
  return { ...act, meta: { ...act.meta, commandId }, newId: newIdOf(commandId) };
};

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

export const newIdOf =
  (commandId: string) =>
  (kind: string): string =>
    deriveId(commandId, kind);

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
