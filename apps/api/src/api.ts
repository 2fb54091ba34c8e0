import { randomUUID } from 'node:crypto';

import fastifyHelmet from '@fastify/helmet';
import fastifyMultipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

import { Refusal } from '@tempore/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Logger } from 'pino';

import { type ApiDependencies, ApiModule } from './api.module';
import { answerInHeaders } from './commands/answer-headers';
import { serveDocs } from './docs';
import { measureRequests } from './health/metrics';
import { InvalidFields, validationPipe } from './problems/invalid-fields';
import { answerProblem } from './problems/problem.filter';
import { ConsistencyTokens } from './reading/consistency-tokens';
import { LONGEST_LINE } from './registration/line.pipe';

const MAX_BODY_BYTES = 1_048_576;

/** The longest name of a line as a path writes it: each of its characters may take twelve. */
const MAX_PATH_PART = 12 * LONGEST_LINE;

/** Half of a surrogate pair, which JSON can write and no text holds: `JSON.stringify` escapes nothing else that way. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

/** No content of ours comes near it; what walks one in recursion would run out of stack far behind. */
const MAX_DEPTH = 32;

/**
 * JSON as a content can hold it: texts are Unicode and numbers finite (RFC 8785, which hashes of contents follow, knows
 * no others), and nothing is nested without end. A command without content may come with a JSON content type all the same: many clients always send one.
 */
const acceptJson = (fastify: FastifyInstance): void => {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else
      void parse(request, body.toString(), (error, parsed: unknown) => {
        const refused = error ?? unfit(parsed, '', 0);
        if (refused) done(refused);
        else if (LONE_SURROGATE.test(JSON.stringify(parsed))) done(notUnicode());
        else done(null, parsed);
      });
  });
};

/** Why a value fits no content, if it does not. */
const unfit = (value: unknown, field: string, depth: number): Error | undefined => {
  // JSON writes 1e400, and what reads it makes Infinity of it.
  if (typeof value === 'number' && !Number.isFinite(value))
    return new InvalidFields([{ field: field || 'body', message: 'must be a number that is not beyond all bounds' }]);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === MAX_DEPTH) return tooDeep();
  for (const [name, part] of Object.entries(value)) {
    const refused = unfit(part, field === '' ? name : `${field}.${name}`, depth + 1);
    if (refused) return refused;
  }
  return undefined;
};

const tooDeep = (): Refusal =>
  new Refusal('BODY_TOO_DEEP', 'invalid', `The body is nested deeper than ${MAX_DEPTH} levels.`, {
    remedy: 'Send what the description of the API shows: nothing there goes so deep.',
  });

const notUnicode = (): Refusal =>
  new Refusal('TEXT_NOT_UNICODE', 'invalid', 'A text of the body holds half of a surrogate pair.', {
    remedy: 'Send whole characters: a text that was cut must be cut between two of them.',
  });

/** On a person's own machine a line or two a request would bury what matters. */
const requestLogger = ({ logger, settings }: ApiDependencies): Logger => {
  const level = settings.production || settings.logLevel !== 'info' ? settings.logLevel : 'warn';
  return logger.child({ part: 'http' }, { level });
};

/** The API, ready to listen or to be asked in a test. */
export const createApi = async (dependencies: ApiDependencies): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    loggerInstance: requestLogger(dependencies),
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: MAX_PATH_PART },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerProblem(reply, request.id, error),
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.with(dependencies), adapter, {
    logger: ['error', 'warn', 'fatal'],
    abortOnError: false,
    bodyParser: false,
  });
  acceptJson(adapter.getInstance());
  // A file that is too large is cut, and refused in our own words.
  await app.register(fastifyMultipart, { throwFileSizeLimit: false });
  await app.register(fastifyHelmet, { contentSecurityPolicy: false });
  measureRequests(adapter.getInstance(), dependencies.metrics.registry);
  answerInHeaders(adapter.getInstance(), app.get(ConsistencyTokens));
  app.useGlobalPipes(validationPipe());
  serveDocs(app);
  await app.init();
  return app;
};
