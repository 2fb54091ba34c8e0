import { randomUUID } from 'node:crypto';

import fastifyHelmet from '@fastify/helmet';
import fastifyMultipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Logger } from 'pino';

import { type ApiDependencies, ApiModule } from './api.module';
import { answerInHeaders } from './commands/answer-headers';
import { serveDocs } from './docs';
import { acceptJson } from './fields/json-body';
import { measureRequests } from './health/metrics';
import { logRequests } from './health/request-log';
import { validationPipe } from './problems/invalid-fields';
import { answerProblem } from './problems/problem.filter';
import { ConsistencyTokens } from './reading/consistency-tokens';
import { LONGEST_LINE } from './registration/line.pipe';

const MAX_BODY_BYTES = 1_048_576;

/** The longest name of a line as a path writes it: each of its characters may take twelve. */
const MAX_PATH_PART = 12 * LONGEST_LINE;

/** On a person's own machine a line or two a request would bury what matters. */
const requestLogger = ({ logger, settings }: ApiDependencies): Logger => {
  const level = settings.production || settings.logLevel !== 'info' ? settings.logLevel : 'warn';
  return logger.child({ part: 'http' }, { level });
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
  logRequests(adapter.getInstance(), logger);
  measureRequests(adapter.getInstance(), dependencies.metrics.registry);
  answerInHeaders(adapter.getInstance(), app.get(ConsistencyTokens));
  app.useGlobalPipes(validationPipe());
  serveDocs(app);
  await app.init();
  return app;
};
