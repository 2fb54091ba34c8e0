import { ActLog } from '@tempore/acts';
import type { CommandRunner } from '@tempore/event-store';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    actLog?: ActLog;
  }
}

/** The log as one request goes through it: what its guards have read, its act does not read again. */
export const logOf = (request: FastifyRequest, runner: CommandRunner): ActLog =>
  (request.actLog ??= new ActLog(runner));
