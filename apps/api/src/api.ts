import fastifyHelmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

import type { FastifyInstance } from 'fastify';

import { type ApiDependencies, ApiModule } from './api.module';
import { serveDocs } from './docs';
import { measureRequests } from './health/metrics';
import { validationPipe } from './problems/invalid-fields';

const MAX_BODY_BYTES = 1_048_576;

/** A command without content may come with a JSON content type all the same: many clients always send one. */
const acceptEmptyBodies = (fastify: FastifyInstance): void => {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parse(request, body.toString(), done);
  });
};

/** The API, ready to listen or to be asked in a test. */
export const createApi = async (dependencies: ApiDependencies): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    loggerInstance: dependencies.logger.child({}, { level: dependencies.settings.production ? 'info' : 'warn' }),
    // Asked for an address behind a proxy, a rate limit must not believe whoever sends the header.
    trustProxy: false,
    forceCloseConnections: 'idle',
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.with(dependencies), adapter, {
    logger: ['error', 'warn', 'fatal'],
    abortOnError: false,
    bodyParser: false,
  });
  acceptEmptyBodies(adapter.getInstance());
  await app.register(fastifyHelmet, { contentSecurityPolicy: false });
  measureRequests(adapter.getInstance(), dependencies.metrics.registry);
  app.useGlobalPipes(validationPipe());
  app.enableShutdownHooks([]);
  serveDocs(app);
  await app.init();
  return app;
};
