import fastifyHelmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

import { type ApiDependencies, ApiModule } from './api.module';
import { serveDocs } from './docs';
import { measureRequests } from './health/metrics';
import { validationPipe } from './problems/invalid-fields';

const MAX_BODY_BYTES = 1_048_576;

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
  });
  await app.register(fastifyHelmet, { contentSecurityPolicy: false });
  measureRequests(adapter.getInstance(), dependencies.metrics);
  app.useGlobalPipes(validationPipe());
  app.enableShutdownHooks([]);
  serveDocs(app);
  await app.init();
  return app;
};
