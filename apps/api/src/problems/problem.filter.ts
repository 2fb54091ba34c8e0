import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import { AppendRefused, StoreUnavailable } from '@tempore/event-store';
import { Refusal } from '@tempore/kernel';
import { UnknownCursor } from '@tempore/read-models';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import { LOGGER } from '../../../composition/src/logger';
import { isDatabaseDown } from '../../../composition/src/outage';
import { InvalidFields } from './invalid-fields';
import { problem, type Problem, problemOf } from './problem';

const RETRY_AFTER_SECONDS = 2;

/** A table or view that no projector has made yet. */
const isNotBuiltYet = (error: unknown): boolean => (error as { code?: unknown }).code === '42P01';

/** Postgres' class for values it cannot take, such as a NUL in a text: what the caller sent, not a fault of ours. */
const isBadValue = (error: unknown): boolean => {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^22\w{3}$/.test(code);
};

/** What whoever sent it may do about what framework or router refuse, by status. */
const REMEDIES: Readonly<Record<number, string>> = {
  400: 'Send it as the documentation at /docs has it: a body in valid JSON, a path in valid percent-encoding.',
  404: 'Look the address up at /docs.',
  413: 'Send less at once.',
  414: 'Shorten the path.',
  415: 'Send application/json; documents as multipart/form-data.',
};

const remedyFor = (status: number): Partial<Problem> => {
  const remedy = REMEDIES[status];
  return remedy === undefined ? {} : { remedy };
};

const toProblem = (error: unknown): Problem => {
  if (error instanceof InvalidFields) return problem('VALIDATION_FAILED', 400, error.message, { errors: error.errors });
  if (error instanceof Refusal) return problemOf(error);
  if (error instanceof AppendRefused) return problem('TOO_LARGE', 413, error.message, remedyFor(413));
  if (error instanceof StoreUnavailable)
    return problem(
      'EVENT_STORE_UNAVAILABLE',
      503,
      'The event store does not answer. Whether the request took effect is unknown.',
      {
        remedy: 'Send the same request with the same Idempotency-Key again: it takes effect once.',
      },
    );
  if (error instanceof HttpException) {
    const status = error.getStatus();
    return problem(status === 404 ? 'NOT_FOUND' : `HTTP_${status}`, status, error.message, remedyFor(status));
  }
  if (error instanceof UnknownCursor)
    return problem('CURSOR_UNKNOWN', 400, 'The cursor is not one that this list gave.', {
      remedy: 'Send the `next` of the page before, with the same filters, or leave the cursor out.',
    });
  if (isBadValue(error))
    return problem('VALUE_UNUSABLE', 400, 'A value of the request cannot be searched for.', {
      remedy: 'Send it without control characters.',
    });
  if (isNotBuiltYet(error))
    return problem('VIEW_UNKNOWN', 503, 'The read side is not built yet.', {
      remedy: 'Ask again shortly. Where it lasts, no projector runs.',
    });
  if (isDatabaseDown(error))
    return problem('DATABASE_UNAVAILABLE', 503, 'The database does not answer.', { remedy: 'Try again shortly.' });
  const { statusCode, message } = error as { statusCode?: unknown; message?: string };
  if (typeof statusCode === 'number' && statusCode < 500)
    return problem(
      `HTTP_${statusCode}`,
      statusCode,
      message ?? 'The request is not acceptable.',
      remedyFor(statusCode),
    );
  return problem('INTERNAL', 500, 'Something went wrong here. The request id finds it in the log.');
};

/** Answers every error as problem details; what is not meant for the caller goes to the log only. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const { status, title } = toProblem(error);
    if (status >= 500) this.logger.error({ err: error, requestId: request.id }, title);
    if (!reply.raw.headersSent) answerProblem(reply, request.id, error);
  }
}

/** Also for what the router refuses before anything of ours is asked. */
export const answerProblem = (reply: FastifyReply, requestId: string, error: unknown): void => {
  const body = toProblem(error);
  reply.request.refused = { code: body.code, reason: body.detail };
  if (body.status === 503) void reply.header('retry-after', RETRY_AFTER_SECONDS);
  if (body.status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply
    .status(body.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify({ ...body, instance: `urn:tempore:request:${requestId}` }));
};
