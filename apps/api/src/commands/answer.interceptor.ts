import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';

import { ConsistencyTokens } from '../reading/consistency-tokens';
import { CommandAnswer } from './command-answer';
import { etagOf } from './etag';

const hasRevision = (answer: unknown): answer is { readonly revision: string } =>
  typeof answer === 'object' && answer !== null && 'revision' in answer && typeof answer.revision === 'string';

/** Puts a revision, and a command's place in the log, where HTTP keeps such things: in headers. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  constructor(private readonly tokens: ConsistencyTokens) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        if (hasRevision(answer)) void reply.header('etag', etagOf(answer.revision));
        if (answer instanceof CommandAnswer && answer.position)
          void reply.header('consistency-token', this.tokens.seal(answer.position));
        return answer;
      }),
    );
  }
}
