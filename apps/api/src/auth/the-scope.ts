import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type Scope, scopeOf } from '@tempore/acts';
import { Refusal } from '@tempore/kernel';
import type { FastifyRequest } from 'fastify';

/** Hands a query whose records the caller may see; a caller who may see none is refused here. */
export const TheScope = createParamDecorator((_: unknown, context: ExecutionContext): Scope => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
  const scope = principal && scopeOf(principal);
  if (scope) return scope;
  throw new Refusal('FORBIDDEN', 'forbidden', 'The token names no partner whose records it may see.');
});
