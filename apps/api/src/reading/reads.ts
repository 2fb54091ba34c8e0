import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { from, type Observable, switchMap } from 'rxjs';

import { ConsistencyTokens } from './consistency-tokens';
import { VIEWS, type Views } from './views';

const READS = 'tempore:reads';
const WAIT_MS = 5_000;

/** Says which views a route reads: it waits, bounded, until they have got to the request's `Consistency-Token`. */
export const Reads = (...views: readonly [string, ...string[]]): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(READS, views),
    ApiHeader({
      name: 'Consistency-Token',
      required: false,
      description: 'The header of the same name of a command’s answer: this answer then shows what the command did.',
    }),
  );

@Injectable()
export class ReadsInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: ConsistencyTokens,
    @Inject(VIEWS) private readonly views: Views,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reads = this.reflector.getAllAndOverride<string[] | undefined>(READS, [
      context.getHandler(),
      context.getClass(),
    ]);
    const token = context.switchToHttp().getRequest<FastifyRequest>().headers['consistency-token'];
    for (const view of reads ?? []) this.views.expectRunning(view);
    if (!reads || typeof token !== 'string') return next.handle();
    const position = this.tokens.open(token);
    const reached = Promise.all(reads.map((view) => this.views.reached(view, position, WAIT_MS)));
    return from(reached).pipe(switchMap(() => next.handle()));
  }
}
