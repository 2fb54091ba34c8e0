import { randomUUID } from 'node:crypto';

import { Controller, Get } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { validate } from '@readme/openapi-parser';
import { type EventMetadata, toInstant } from '@tempore/kernel';
import request from 'supertest';

import { Allow, PolicyCheck } from '../../apps/api/src/auth/policy';
import { views } from '../../apps/composition/src/views';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const ready = () => request(system.url).get('/health/ready');

const scrape = async (): Promise<string> =>
  (
    await (
      await system.as('service')
    )
      .get('/metrics')
      .expect(200)
      .expect('content-type', /text\/plain/)
  ).text;

const gauge = async (name: string, view: string): Promise<number> => {
  const [, value] =
    new RegExp(`^tempore_view_${name}\\{view="${view}",version="\\d+"\\} (\\S+)$`, 'm').exec(await scrape()) ?? [];
  return Number(value);
};

const metadata = (): EventMetadata => {
  const [id, now] = [randomUUID(), toInstant(new Date())];
  const ids = { $correlationId: id, $causationId: id, actor: id, commandId: id, requestHash: 'hash' };
  return { ...ids, occurredAt: now, recordedAt: now, decider: 'deal@1', schemaVersion: 1 };
};

describe('the description of the API', () => {
  type Parameter = {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: {
      readonly enum?: readonly unknown[];
      readonly items?: { readonly enum?: readonly unknown[] };
      readonly example?: string | number | boolean;
      readonly examples?: readonly (string | number | boolean)[];
    };
  };
  type Operation = {
    readonly summary?: string;
    readonly security?: readonly object[];
    readonly parameters?: readonly Parameter[];
    readonly responses: Readonly<
      Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
    >;
  };

  /** Whether it says what might stand there; where it may be left out, not so that a form is filled in with it. */
  const shows = ({ required = false, schema }: Parameter): boolean => {
    const options = schema.enum ?? schema.items?.enum;
    return (options ?? (required ? schema.example : schema.examples)) !== undefined;
  };

  it('given /openapi.json, then it is valid OpenAPI 3.1, and every operation says what it does, what it answers, and what its parameters look like', async () => {
    const answer = await request(system.url).get('/openapi.json').expect(200);
    const { openapi, paths } = answer.body as { openapi: string; paths: Record<string, Record<string, Operation>> };
    expect(openapi).toMatch(/^3\.1\./);
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ route: `${method} ${path}`, ...operation })),
    );
    expect(operations.length).toBeGreaterThan(20);
    expect(operations.filter(({ summary }) => !summary).map(({ route }) => route)).toEqual([]);
    const answers = ({ responses }: Operation): boolean =>
      Object.entries(responses).some(
        ([status, { content = {} }]) => status.startsWith('2') && Object.values(content).some(({ schema }) => schema),
      );
    expect(operations.filter((operation) => !answers(operation)).map(({ route }) => route)).toEqual([]);
    const parameters = operations.flatMap(({ route, parameters: all = [] }) => all.map((one) => ({ route, ...one })));
    expect(parameters.length).toBeGreaterThan(200);
    expect(parameters.filter((one) => !shows(one)).map(({ route, name }) => `${route} ${name}`)).toEqual([]);
    // Last, since it resolves references in the document itself.
    expect(await validate(answer.body as Parameters<typeof validate>[0])).toMatchObject({ valid: true });
  });

  it('given the example of a filter, when a list is asked for with it, then it is understood', async () => {
    const answer = await request(system.url).get('/openapi.json').expect(200);
    const { paths } = answer.body as { paths: Record<string, { get?: Operation }> };
    const manager = await system.as('channel-manager');
    const asked: string[] = [];
    for (const [path, { get }] of Object.entries(paths)) {
      const filters = (get?.parameters ?? []).filter((one) => one.in === 'query' && one.name !== 'cursor');
      // What is open to callers without a token is no list.
      if (path.includes('{') || filters.length === 0 || !get?.security) continue;
      const query = new URLSearchParams();
      for (const { name, schema } of filters) {
        const shown = schema.example ?? schema.examples?.[0];
        if (shown !== undefined) query.set(name, shown.toString());
      }
      const { status } = await manager.get(`${path}?${query.toString()}`);
      if (status !== 403) asked.push(`${status} ${path}`);
    }
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((one) => !/^(200|404) /.test(one))).toEqual([]);
  });

  it('given a person with a browser, then the documentation is there to read and to try', async () => {
    await request(system.url).get('/docs').expect(200).expect('content-type', /html/);
  });

  it('given that it is switched off, then it is nowhere', async () => {
    const silent = await startSystem({ environment: { TEMPORE_DOCS: 'false' } });
    for (const path of ['/docs', '/docs/swagger-ui-init.js', '/openapi.json'])
      await request(silent.url).get(path).expect(404).expect('cache-control', 'no-store');
    await silent.stop();
  });
});

describe('a route that nobody thought about', () => {
  @Controller('thought-about')
  class ThoughtAbout {
    @Get()
    @Allow('auditor')
    list(): string {
      return 'fine';
    }
  }

  @Controller('forgotten')
  class Forgotten {
    @Get('thought-about')
    @Allow('auditor')
    list(): string {
      return 'fine';
    }

    @Get()
    open(): string {
      return 'open to the world';
    }
  }

  const boot = async (...controllers: (new () => object)[]): Promise<void> => {
    const module = await Test.createTestingModule({
      imports: [DiscoveryModule],
      controllers,
      providers: [PolicyCheck],
    }).compile();
    await module.init();
    await module.close();
  };

  it('given a route without a policy, then the start fails and names it, and no other', async () => {
    await expect(boot(ThoughtAbout, Forgotten)).rejects.toThrow(/: Forgotten\.open$/);
  });

  it('given policies everywhere, then it starts', async () => {
    await expect(boot(ThoughtAbout)).resolves.toBeUndefined();
  });
});

describe('a system that is well', () => {
  it('given stores that answer and views that run, then it is ready', async () => {
    await until('it is ready', async () => (await ready()).status === 200);
    expect((await ready()).body).toMatchObject({
      status: 'ok',
      checks: { eventStore: 'ok', database: 'ok', views: 'ok' },
    });
  });

  it('given a service, when it reads the metrics, then every view has its figures', async () => {
    for (const { name } of views) {
      expect([name, await gauge('running', name)]).toEqual([name, 1]);
      expect(await gauge('heartbeat_age_seconds', name)).toBeGreaterThanOrEqual(0);
      expect(await gauge('parked_events', name)).toBe(0);
      expect(await gauge('handled_events', name)).toBeGreaterThanOrEqual(0);
    }
  });

  it('given it follows its store, when the metrics are read, then they say how much of the connection is taken', async () => {
    const [, streams] = /^tempore_event_store_open_streams (\d+)$/m.exec(await scrape()) ?? [];
    expect(Number(streams)).toBeGreaterThan(0);
    expect(Number(streams)).toBeLessThan(80);
  });

  it('given requests, when the metrics are read, then they are counted by route, and no id stands in a label', async () => {
    const id = randomUUID();
    await (await system.as('auditor')).get(`/v1/deals/${id}`).expect(404);
    const text = await scrape();
    expect(text).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\/v1\/deals\/:id",status="404"\} 1\b/,
    );
    expect(text).not.toContain(id);
  });

  it('given anybody who is no operator, when they ask for the metrics, then they are refused', async () => {
    await (await system.as('partner-user', randomUUID())).get('/metrics').expect(403);
  });
});

describe('a view that has stopped', () => {
  beforeAll(async () => {
    await system.stores.eventStore.append(`deal-${randomUUID()}`, 'none', [
      { id: randomUUID(), type: 'legacy-deal-recorded', data: { stage: 'sold' }, metadata: metadata() },
    ]);
  });

  it('given an event that it cannot take, then the system is not ready and says that a view is at fault, while it lives and the rest is well', async () => {
    await until('it is not ready', async () => (await ready()).status === 503);
    // Anybody may ask, so it says what is at fault and no more; who may read the metrics learns which view.
    expect((await ready()).body).toEqual({
      status: 'unavailable',
      checks: { eventStore: 'ok', database: 'ok', views: 'unavailable' },
    });
    await request(system.url).get('/health/live').expect(200);
  });

  it('given the metrics, then they name it, and the other views go on', async () => {
    expect(await gauge('running', 'deals')).toBe(0);
    for (const { name } of views.filter((view) => view.name !== 'deals'))
      expect([name, await gauge('running', name)]).toEqual([name, 1]);
  });
});
