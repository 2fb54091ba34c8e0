import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { deriveId } from '@tempore/kernel';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';

import { CLOCK, type Clock } from '../../../composition/src/clock';
import { requestHasher, SECRETS, type Secrets } from '../../../composition/src/secrets';
import { expectedRevisionOf } from './etag';
import { idempotencyKeyOf, newIdOf } from './act';

const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Turns a request that changes something into an act. The command id comes from principal, route and key, so a repeat
 * is recognised in the log itself and no store of answers is needed.
 */
@Injectable()
export class ActInterceptor implements NestInterceptor {
  private readonly hash: (content: unknown) => string;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SECRETS) secrets: Secrets,
  ) {
    this.hash = requestHasher(secrets);
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { principal, method, routeOptions, params, body } = request;
    if (!principal || !CHANGES.has(method)) return next.handle();
    const route = `${method} ${routeOptions.url ?? ''} ${JSON.stringify(params ?? {})}`;
    const commandId = deriveId('command', principal.id, route, idempotencyKeyOf(request));
    const ifRevision = expectedRevisionOf(request);
    request.act = {
      principal,
      meta: {
        commandId,
        requestHash: this.hash(body ?? {}),
        actor: principal.id,
        now: this.clock(),
        correlationId: commandId,
        ...(ifRevision === undefined ? {} : { ifRevision }),
      },
      newId: newIdOf(commandId),
    };
    return next.handle();
  }
}
