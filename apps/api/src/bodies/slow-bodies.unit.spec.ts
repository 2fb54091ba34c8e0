import { request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import fastifyMultipart from '@fastify/multipart';
import createFastify, { type FastifyInstance } from 'fastify';

import { uploadedFile } from '../documents/upload';
import { answerProblem } from '../problems/problem.filter';
import { acceptJson } from './json-body';
import { endSlowBodies } from './slow-bodies';

const WITHIN = { json: 300, form: 900 };

let fastify: FastifyInstance;
beforeEach(async () => {
  fastify = createFastify();
  fastify.setErrorHandler((error, request, reply) => answerProblem(reply, request.id, error));
  await fastify.register(fastifyMultipart);
  endSlowBodies(fastify, WITHIN);
  acceptJson(fastify);
  fastify.post('/json', ({ body }) => body);
  fastify.post('/form', { config: { takesForm: true } }, async (request) => {
    const { content } = await uploadedFile(request, 1_000_000);
    let size = 0;
    for await (const chunk of content) size += chunk.length;
    return { size };
  });
  await fastify.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(() => fastify.close());

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
  readonly afterMs: number;
}

/** Sends parts with a pause before each. */
const trickle = (path: string, type: string, parts: readonly string[], pauseMs: number): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const begun = performance.now();
    const { port } = fastify.server.address() as AddressInfo;
    const outgoing = send({ port, path, method: 'POST', headers: { 'content-type': type } }, (incoming) => {
      let body = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      incoming.on('end', () => {
        outgoing.destroy();
        resolve({ status: incoming.statusCode, body, afterMs: performance.now() - begun });
      });
    });
    outgoing.on('error', reject);
    void (async () => {
      for (const part of parts) {
        if (outgoing.destroyed) return;
        outgoing.write(part);
        await sleep(pauseMs);
      }
      outgoing.end();
    })();
  });

const form = (parts: readonly string[]) => [
  '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n',
  ...parts,
  '\r\n--x--\r\n',
];
const drops = Array.from({ length: 60 }, () => ' ');

it('given JSON that comes drop by drop, then it is given up, and the sender is told', async () => {
  const { status, body, afterMs } = await trickle('/json', 'application/json', ['{"a":', ...drops, '1}'], 50);
  expect([status, JSON.parse(body)]).toEqual([408, expect.objectContaining({ code: 'BODY_TOO_SLOW' })]);
  expect(afterMs).toBeGreaterThanOrEqual(WITHIN.json);
  expect(afterMs).toBeLessThan(2_500);
});

it('given an upload, then it has longer, and is given up after that', async () => {
  const type = 'multipart/form-data; boundary=x';
  const slow = await trickle('/form', type, form(drops.slice(0, 8)), 50);
  expect([slow.status, slow.body]).toEqual([200, '{"size":8}']);
  const tooSlow = await trickle('/form', type, form(drops), 50);
  expect([tooSlow.status, JSON.parse(tooSlow.body)]).toEqual([408, expect.objectContaining({ code: 'BODY_TOO_SLOW' })]);
  expect(tooSlow.afterMs).toBeLessThan(2_500);
});

it('given a body in time, then it is answered, and nothing happens once its time is over', async () => {
  const { status, body } = await trickle('/json', 'application/json', ['{"a":', '1}'], 10);
  expect([status, body]).toEqual([200, '{"a":1}']);
  await sleep(WITHIN.json + 100);
  expect((await trickle('/json', 'application/json', ['{"b":2}'], 0)).body).toBe('{"b":2}');
});
