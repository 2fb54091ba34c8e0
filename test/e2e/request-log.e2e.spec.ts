import { randomUUID } from 'node:crypto';

import pino from 'pino';

import { startApi } from '../../apps/api/src/start';
import { Lifetime } from '../../apps/composition/src/lifetime';
import { openContext } from '../../apps/composition/src/run-app';
import { Caller } from '../harness/caller';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';

let system: System;
let lifetime: Lifetime;
let url: string;
const lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  system = await startSystem();
  const logger = pino(
    { level: 'info' },
    { write: (line: string) => lines.push(JSON.parse(line) as (typeof lines)[0]) },
  );
  lifetime = new Lifetime(logger);
  url = await startApi(await openContext({ ...system.settings, production: true, logLevel: 'info' }, logger, lifetime));
});
afterAll(async () => {
  await lifetime.end();
  await system.stop();
});

/** The one line about the request to a path. */
const lineOf = async (path: string): Promise<Record<string, unknown>> => {
  const found = () => lines.filter((line) => line['path'] === path);
  await until(`${path} is logged`, () => Promise.resolve(found().length > 0));
  expect(found()).toHaveLength(1);
  return found()[0] ?? {};
};

const EITHER = expect.any(String) as string;

describe('the log of requests', () => {
  it('given an answer, then its line says who asked, and not what they searched for', async () => {
    const [subject, partnerId] = [randomUUID(), randomUUID()];
    const token = await system.tokenFor('partner-user', { subject, partnerId });
    await new Caller(url, token).get('/v1/partners?search=Lovelace').expect(200);
    const line = await lineOf('/v1/partners');
    expect(line).toMatchObject({
      level: 30,
      method: 'GET',
      route: '/v1/partners',
      status: 200,
      requestId: EITHER,
      caller: { id: subject, roles: ['partner-user'], partnerId },
    });
    expect(line).not.toHaveProperty('refused');
    expect(JSON.stringify(lines)).not.toContain('Lovelace');
    expect(JSON.stringify(lines)).not.toContain(token);
  });

  it('given somebody asks for what is not theirs, then the line warns, and says who and why', async () => {
    const subject = randomUUID();
    await new Caller(url, await system.tokenFor('finance', { subject })).get('/v1/possible-conflicts').expect(403);
    expect(await lineOf('/v1/possible-conflicts')).toMatchObject({
      level: 40,
      status: 403,
      caller: { id: subject, roles: ['finance'] },
      refused: { code: 'FORBIDDEN', reason: EITHER },
    });
  });

  it.each([
    ['without a token', () => Promise.resolve(undefined), /needs a bearer token/],
    ['with one that has expired', () => system.tokenFor('admin', { expiresAt: new Date(Date.now() - 1_000) }), /exp/],
    ['with one that is none', () => Promise.resolve('nonsense'), /not accepted/],
  ])('given somebody asks %s, then the line warns, and says why', async (_, sign, reason) => {
    const token = await sign();
    const path = `/v1/deals/${randomUUID()}`;
    await fetch(url + path, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
    const line = await lineOf(path);
    expect(line).toMatchObject({
      level: 40,
      status: 401,
      refused: { code: 'UNAUTHENTICATED', reason: expect.stringMatching(reason) as string },
    });
    expect(line).not.toHaveProperty('caller');
  });

  it('given a request that is wrong in itself, then its line has the code, and nothing that was sent', async () => {
    const manager = new Caller(url, await system.tokenFor('channel-manager'));
    await manager.post('/v1/partners', { legalName: 'Lovelace', country: 'DE', colour: 'red' });
    const line = (await (async () => {
      const found = () => lines.find(({ method }) => method === 'POST');
      await until('it is logged', () => Promise.resolve(found() !== undefined));
      return found();
    })()) as object;
    expect(line).toMatchObject({ level: 30, status: 400, refused: { code: 'VALIDATION_FAILED' } });
    expect(JSON.stringify(lines)).not.toContain('Lovelace');
  });
});
