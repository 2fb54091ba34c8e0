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

const VIEW = 'tempore:view';
const WAIT_MS = 5_000;

/** Says which view a route reads: it waits, bounded, until the view has got to the request's `Consistency-Token`. */
export const Reads = (view: string): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(VIEW, view),
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
    const view = this.reflector.getAllAndOverride<string | undefined>(VIEW, [context.getHandler(), context.getClass()]);
    const token = context.switchToHttp().getRequest<FastifyRequest>().headers['consistency-token'];
    if (view === undefined || typeof token !== 'string') return next.handle();
    return from(this.views.reached(view, this.tokens.open(token), WAIT_MS)).pipe(switchMap(() => next.handle()));
  }
}
