import { request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ArgumentsHost } from '@nestjs/common';
import { AppendRefused } from '@tempore/event-store';
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
  fastify.get('/failing', () => Promise.reject(new Error('A secret of ours')));
  fastify.get('/heavy', () => Promise.reject(new AppendRefused('The append is larger than the store takes.')));
  fastify.get('/gone', () => Promise.reject(Object.assign(new Error('Nothing there'), { statusCode: 404 })));
  fastify.get('/teapot', () => Promise.reject(Object.assign(new Error('I am a teapot'), { statusCode: 418 })));
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

it.each([
  ['/teapot', 418, 'REQUEST_REFUSED', 'Send it as the description of the API has it.'],
  ['/gone', 404, 'NOT_FOUND', 'Look the address up in the description of the API.'],
  ['/heavy', 413, 'TOO_LARGE', 'Send less at once.'],
])(
  'given what is refused at %s without a code of its own, then it is %d %s, with a remedy',
  async (path, status, code, remedy) => {
    const { fastify, port } = await served();
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code, remedy })]);
    await fastify.close();
  },
);

it('given a fault of ours, then the log has it, and whoever asked learns nothing of it', async () => {
  const { fastify, logged, port } = await served();
  const answer = await fetch(`http://127.0.0.1:${port}/failing`);
  const body = await answer.text();
  expect([answer.status, JSON.parse(body)]).toEqual([500, expect.objectContaining({ code: 'INTERNAL' })]);
  expect(body).not.toContain('secret');
  expect(logged).toEqual([expect.objectContaining({ level: 50 })]);
  await fastify.close();
});
