import { randomUUID } from 'node:crypto';

import fastifyHelmet from '@fastify/helmet';
import fastifyMultipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Logger } from 'pino';

import { type ApiDependencies, ApiModule } from './api.module';
import { answerInHeaders } from './commands/answer-headers';
import { serveDocs } from './docs';
import { AUTHENTICATE, knowWhoSends } from './auth/authentication';
import { acceptJson } from './bodies/json-body';
import { expectMediaTypes } from './bodies/media-types';
import { type BodyTimes, endSlowBodies } from './bodies/slow-bodies';
import { measureRequests } from './health/metrics';
import { logRequests } from './health/request-log';
import { answerBrokenRequest } from './problems/broken-request';
import { validationPipe } from './problems/invalid-fields';
import { answerProblem } from './problems/problem.filter';
import { refuseWrongAddresses } from './problems/wrong-address';
import { ConsistencyTokens } from './reading/consistency-tokens';
import { LONGEST_LINE } from './registration/line.pipe';
import { serveWeb } from './web/static-files';

const MAX_BODY_BYTES = 1_048_576;

/** The longest name of a line as a path writes it: each of its characters may take twelve. */
const MAX_PATH_PART = 12 * LONGEST_LINE;

const LONGEST_REQUEST_MS = 330_000;

const BODY_TIMES: BodyTimes = { json: 30_000, form: 300_000 };

/** On a person's own machine a line or two a request would bury what matters. */
const requestLogger = ({ logger, settings }: ApiDependencies): Logger => {
  const level = settings.production || settings.logLevel !== 'info' ? settings.logLevel : 'warn';
  return logger.child({ part: 'http' }, { level });
};

/** Whatever is answered is so now, and for whoever asked: neither a proxy nor a browser keeps it. */
const answerFresh = (fastify: FastifyInstance): void => {
  fastify.addHook('onRequest', (_request, reply, done) => {
    void reply.header('cache-control', 'no-store');
    done();
  });
};

/** The API, ready to listen or to be asked in a test. */
export const createApi = async (dependencies: ApiDependencies): Promise<NestFastifyApplication> => {
  const logger = requestLogger(dependencies);
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    loggerInstance: logger,
    // Lines of our own say who asked.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    // Node's own limit on a whole request, headers included, behind those on bodies.
    requestTimeout: LONGEST_REQUEST_MS,
    clientErrorHandler: answerBrokenRequest,
    routerOptions: { maxParamLength: MAX_PATH_PART },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerProblem(reply, request.id, error),
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.with(dependencies), adapter, {
    logger: ['error', 'warn', 'fatal'],
    abortOnError: false,
    bodyParser: false,
  });
  const fastify = adapter.getInstance();
  answerFresh(fastify);
  await serveWeb(fastify, dependencies);
  refuseWrongAddresses(fastify, MAX_PATH_PART);
  knowWhoSends(fastify, app.get(AUTHENTICATE));
  expectMediaTypes(fastify);
  endSlowBodies(fastify, BODY_TIMES);
  acceptJson(fastify);
  // A file that is too large is cut, and refused in our own words.
  await app.register(fastifyMultipart, { throwFileSizeLimit: false });
  await app.register(fastifyHelmet, { contentSecurityPolicy: false });
  logRequests(fastify, logger);
  measureRequests(fastify, dependencies.metrics.registry);
  answerInHeaders(fastify, app.get(ConsistencyTokens));
  app.useGlobalPipes(validationPipe());
  if (dependencies.settings.docs) serveDocs(app);
  await app.init();
  return app;
};
