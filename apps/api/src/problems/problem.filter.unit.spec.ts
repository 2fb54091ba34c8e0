import { request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ArgumentsHost } from '@nestjs/common';
import createFastify from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import pino from 'pino';

import { ProblemFilter } from './problem.filter';

interface Logged {
  readonly level: number;
  readonly msg: string;
}

/** A server whose every failure goes through the filter, as those of the API do. */
const served = async () => {
  const logged: Logged[] = [];
  const filter = new ProblemFilter(
    pino({ level: 'info' }, { write: (line) => logged.push(JSON.parse(line) as Logged) }),
  );
  const fastify = createFastify();
  let answered: () => void = () => undefined;
  const failed = new Promise<void>((resolve) => (answered = resolve));
  fastify.setErrorHandler((error, request, reply) => {
    const http = { getRequest: (): FastifyRequest => request, getResponse: (): FastifyReply => reply };
    filter.catch(error, { switchToHttp: () => http } as unknown as ArgumentsHost);
    answered();
  });
  fastify.post('/', () => ({}));
  fastify.get('/', () => Promise.reject(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })));
  await fastify.listen({ port: 0, host: '127.0.0.1' });
  return { fastify, logged, failed, port: (fastify.server.address() as AddressInfo).port };
};

it('given a client that breaks off within its body, then no database is said to be away, and nothing to have failed', async () => {
  const { fastify, logged, failed, port } = await served();
  const headers = { 'content-type': 'application/json', 'content-length': 100 };
  const outgoing = send({ port, method: 'POST', headers }).on('error', () => undefined);
  outgoing.write('{"legalName":', () => setTimeout(() => outgoing.destroy(), 50));
  await failed;
  expect(logged).toEqual([expect.objectContaining({ level: 30 })]);
  await fastify.close();
});

it('given a database that breaks off, then it is said to be away', async () => {
  const { fastify, logged, port } = await served();
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  expect([answer.status, await answer.json()]).toEqual([
    503,
    expect.objectContaining({ code: 'DATABASE_UNAVAILABLE' }),
  ]);
  expect(logged).toEqual([expect.objectContaining({ level: 50, msg: 'Database unavailable' })]);
  await fastify.close();
});
