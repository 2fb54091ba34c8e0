import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { FastifyRequest } from 'fastify';
import { InvalidFields, unknownField } from '@tempore/kernel';

/**
 * Refuses what a route would never look at: who sends it means something by it, and would take the answer for an answer
 * to that. A route that declares a query or a body has the fields of that checked against its DTO.
 */
@Injectable()
export class KnownFieldsGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { query, body } = context.switchToHttp().getRequest<FastifyRequest>();
    const looksAt = partsOf(context);
    const unknown = [
      // A name that every object has would pass for one that the DTO declares.
      ...namesIn(query).filter((name) => !looksAt(RouteParamtypes.QUERY) || name in Object.prototype),
      ...namesIn(body).filter(() => !looksAt(RouteParamtypes.BODY)),
    ];
    if (unknown.length > 0) throw new InvalidFields(unknown.map(unknownField));
    return true;
  }
}

const namesIn = (part: unknown): readonly string[] =>
  typeof part === 'object' && part !== null ? Object.keys(part) : [];

/** Whether the route of a request takes that part of it as an argument. Arguments are kept as `<part>:<index>`. */
const partsOf = (context: ExecutionContext): ((part: RouteParamtypes) => boolean) => {
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) ??
    {}) as object;
  const parts = new Set(Object.keys(args).map((key) => key.split(':')[0]));
  return (part) => parts.has(part.toString());
};
