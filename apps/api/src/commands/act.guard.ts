import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { newIdOf, requestHasher, type Secrets } from '@tempore/acts';
import { deriveId } from '@tempore/kernel';
import type { FastifyRequest } from 'fastify';

import { CLOCK, type Clock } from '../../../composition/src/clock';
import { SECRETS } from '../../../composition/src/secrets';
import { insistedEtagOf, revisionOf } from './etag';
import { idempotencyKeyOf } from './act';

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
    @Inject(SECRETS) secrets: Secrets,
  ) {
    this.hash = requestHasher(secrets);
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
        requestHash: this.hash(body ?? {}),
        actor: principal.id,
        now: this.clock(),
        correlationId: commandId,
        ...(ifMatch === undefined ? {} : { ifRevision: revisionOf(ifMatch) }),
      },
      ifMatch,
      newId: newIdOf(commandId),
    };
    return true;
  }
}
