import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readSettings, variables } from '@tempore/settings';
import { parse } from 'yaml';

import { optionOf, serverOptions } from './server-options';

interface Service {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly healthcheck?: unknown;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const root = join(__dirname, '../..');
const { services, volumes } = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};

const GIVEN: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: 'a-password',
  TEMPORE_SECRET: 'pq7Zr0VtYbW3m5KcXh2JdLsEwAgUoN9f',
  TEMPORE_PUBLIC_URL: 'https://register.example',
  TEMPORE_SMTP_URL: 'smtps://user:secret@mail.example',
  TEMPORE_MAIL_FROM: 'Tempore <tempore@example.com>',
  OIDC_ISSUER: 'https://issuer.example',
};

/** Fills in variables the way compose does, innermost first: `${NAME}`, `${NAME:-default}`, `${NAME:?complaint}`. */
const filledIn = (text: string): string => {
  const filled = text.replaceAll(/\$\{(\w+)(?::-([^${}]*)|:\?[^${}]*)?\}/g, (_, name: string, otherwise?: string) => {
    const value = GIVEN[name] ?? otherwise;
    if (value === undefined) throw new Error(`${name} is neither given nor has it a default`);
    return value;
  });
  return filled === text ? text : filledIn(filled);
};

const environmentOf = ({ environment = {} }: Service): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filledIn(String(value))]));

const apps = Object.entries(services).filter(([, { image }]) => image === undefined);

describe('docker-compose.yml', () => {
  it('runs the three apps beside both stores', () => {
    expect(Object.keys(services).sort()).toEqual(['api', 'eventstore', 'postgres', 'projector', 'reactor']);
  });

  it.each(apps)('gives %s only variables that it knows, and settings that production accepts', (_, app) => {
    const environment = environmentOf(app);
    expect(Object.keys(variables)).toEqual(expect.arrayContaining(Object.keys(environment)));
    expect(readSettings(environment)).toMatchObject({ production: true });
  });

  it.each(apps)('starts %s from a file that is built', (_, { command = [] }) => {
    const source =
      command
        .at(-1)
        ?.replace(/^dist\//, '')
        .replace(/\.js$/, '.ts') ?? '';
    expect(existsSync(join(root, source))).toBe(true);
  });

  it.each(apps)('starts %s once both stores are healthy', (_, { depends_on = {} }) => {
    expect(depends_on).toEqual({
      eventstore: { condition: 'service_healthy' },
      postgres: { condition: 'service_healthy' },
    });
    for (const store of Object.keys(depends_on)) expect(services[store]).toHaveProperty('healthcheck');
  });

  it.each(Object.entries(serverOptions))(
    'tells the event store, under %s, what it has to know, and nothing that it does not',
    (prefix, known) => {
      const given = Object.entries(services['eventstore']?.environment ?? {}).filter(([name]) =>
        name.startsWith(prefix),
      );
      const options = Object.fromEntries(given.map(([name, value]) => [optionOf(name, prefix), value]));
      expect(options).toEqual({
        ClusterSize: 1,
        Insecure: 'true',
        RunProjections: 'None',
        EnableAtomPubOverHttp: 'false',
      });
      expect([...known]).toEqual(expect.arrayContaining(Object.keys(options)));
    },
  );

  it('keeps the log of either family of event stores in a volume', () => {
    const folders = services['eventstore']?.volumes?.map((mount) => mount.split(':')[1]);
    expect(folders).toEqual(expect.arrayContaining(['/var/lib/kurrentdb', '/var/lib/eventstore']));
  });

  it('keeps what the stores hold in volumes that it declares', () => {
    const used = Object.values(services).flatMap(({ volumes: mounts = [] }) =>
      mounts.map((mount) => mount.split(':')[0]),
    );
    expect(Object.keys(volumes).sort()).toEqual([...new Set(used)].sort());
  });
});
