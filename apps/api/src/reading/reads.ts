import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

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
      example: 'DW7PMJHyU7QVdtc4mfpbvB1-30ChAmPEJYbnSKkKa8wtju9QsRJz1DWW91i5GnvcPZ7_YMEig-RFpgdoySqL7E2uD3DR',
    }),
  );

@Injectable()
export class ReadsGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: ConsistencyTokens,
    @Inject(VIEWS) private readonly views: Views,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const reads = this.reflector.getAllAndOverride<string[] | undefined>(READS, [
      context.getHandler(),
      context.getClass(),
    ]);
    const token = context.switchToHttp().getRequest<FastifyRequest>().headers['consistency-token'];
    for (const view of reads ?? []) this.views.expectRunning(view);
    if (!reads || typeof token !== 'string') return true;
    const position = this.tokens.open(token);
    await Promise.all(reads.map((view) => this.views.reached(view, position, WAIT_MS)));
    return true;
  }
}
