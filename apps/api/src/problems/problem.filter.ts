import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import { isDatabaseDown } from '@tempore/acts';
import { AppendRefused, StoreUnavailable } from '@tempore/event-store';
import { InvalidFields, Refusal } from '@tempore/kernel';
import { UnknownCursor } from '@tempore/read-models';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import { LOGGER } from '../../../composition/src/logger';
import { problem, type Problem, problemOf } from './problem';
import { RefusedRequest } from './refused-request';

const RETRY_AFTER_SECONDS = 2;

/** A table or view that no projector has made yet. */
const isNotBuiltYet = (error: unknown): boolean => (error as { code?: unknown }).code === '42P01';

/** Postgres' class for values it cannot take, such as a NUL in a text: what the caller sent, not a fault of ours. */
const isBadValue = (error: unknown): boolean => {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^22\w{3}$/.test(code);
};

/** What framework and router refuse, by status: under which code, and what whoever sent it may do about it. */
const FRAMEWORK: Readonly<Record<number, { readonly code: string; readonly remedy: string }>> = {
  400: {
    code: 'REQUEST_MALFORMED',
    remedy:
      'Send it as the description of the API has it: a body of the length that it announces, a path in valid percent-encoding.',
  },
  404: { code: 'NOT_FOUND', remedy: 'Look the address up in the description of the API.' },
  413: { code: 'BODY_TOO_LARGE', remedy: 'Send less at once.' },
  414: { code: 'PATH_TOO_LONG', remedy: 'Shorten the path.' },
  415: { code: 'MEDIA_TYPE_UNSUPPORTED', remedy: 'Send application/json; documents as multipart/form-data.' },
};

const refusedByFramework = (status: number, detail: string): Problem => {
  const known = FRAMEWORK[status];
  return problem(known?.code ?? 'REQUEST_REFUSED', status, detail, {
    remedy: known?.remedy ?? 'Send it as the description of the API has it.',
  });
};

const toProblem = (error: unknown): Problem => {
  if (error instanceof InvalidFields) return problem('VALIDATION_FAILED', 400, error.message, { errors: error.errors });
  if (error instanceof Refusal) return problemOf(error);
  if (error instanceof RefusedRequest) return problem(error.code, error.statusCode, error.message, error.details);
  if (error instanceof AppendRefused) return problem('TOO_LARGE', 413, error.message, { remedy: 'Send less at once.' });
  if (error instanceof StoreUnavailable)
    return problem(
      'EVENT_STORE_UNAVAILABLE',
      503,
      'The event store does not answer. Whether the request took effect is unknown.',
      {
        remedy: 'Send the same request with the same Idempotency-Key again: it takes effect once.',
      },
    );
  if (error instanceof HttpException) return refusedByFramework(error.getStatus(), error.message);
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
    return refusedByFramework(statusCode, message ?? 'The request is not acceptable.');
  return problem('INTERNAL', 500, 'Something went wrong here. The request id finds it in the log.');
};

/** Nobody is there to be answered, and what fails because of it is no fault of ours. */
const hasGone = ({ raw }: FastifyRequest): boolean => raw.destroyed && !raw.complete;

/** Answers every error as problem details; what is not meant for the caller goes to the log only. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (hasGone(request)) {
      this.logger.info({ requestId: request.id }, 'the client went away before it had sent everything');
      return;
    }
    const { status, title } = toProblem(error);
    if (status >= 500) this.logger.error({ err: error, requestId: request.id }, title);
    if (!reply.raw.headersSent) answerProblem(reply, request.id, error);
  }
}

/** Also for what the router refuses before anything of ours is asked. */
export const answerProblem = (reply: FastifyReply, requestId: string, error: unknown): void => {
  const body = toProblem(error);
  reply.request.refused = { code: body.code, reason: body.detail };
  if (error instanceof RefusedRequest) void reply.headers(error.headers);
  if (body.status === 503) void reply.header('retry-after', RETRY_AFTER_SECONDS);
  if (body.status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply
    .status(body.status)
    .headers({ 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' })
    .send(JSON.stringify({ ...body, instance: `urn:tempore:request:${requestId}` }));
};
