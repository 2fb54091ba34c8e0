import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { type Means, newIdOf, once } from '@tempore/acts';
import { CommandRunner } from '@tempore/event-store';
import { deriveId } from '@tempore/kernel';
import type { FastifyRequest } from 'fastify';

import { CLOCK, type Clock } from '../../../composition/src/clock';
import { idempotencyKeyOf } from './act';
import { insistedEtagOf, revisionOf } from './etag';
import { logOf } from './log-of';
import { MEANS } from './perform.command';

const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Turns a request that changes something into an act, or refuses one without a key. The command id comes from
 * principal, route and key, so a repeat is recognised in the log itself and no store of answers is needed.
 */
@Injectable()
export class ActGuard implements CanActivate {
  private readonly hash: (content: unknown) => string;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(MEANS) { hash }: Means,
  ) {
    this.hash = hash;
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { principal, method, routeOptions, params, body } = request;
    if (!principal || !CHANGES.has(method)) return true;
    const route = `${method} ${routeOptions.url ?? ''} ${JSON.stringify(params ?? {})}`;
    const commandId = deriveId('command', principal.id, route, idempotencyKeyOf(request));
    const ifMatch = insistedEtagOf(request);
    request.act = {
      principal,
      meta: {
        commandId,
        actor: principal.id,
        now: this.clock(),
        correlationId: commandId,
        ...(ifMatch === undefined ? {} : { ifRevision: revisionOf(ifMatch) }),
      },
      requestHash: once(() => this.hash(body ?? {})),
      ifMatch,
      newId: newIdOf(commandId),
      log: logOf(request, this.runner),
    };
    return true;
  }
}
