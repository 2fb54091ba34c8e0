import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { catalogue } from '@tempore/catalogue';
import * as readModels from '@tempore/read-models';

import { categoriesOf, type Process } from './process';
import { processes } from './processes';

const isProcess = (value: unknown): value is Process =>
  typeof value === 'object' && value !== null && 'follows' in value && 'step' in value;

it('given a process in this folder, then it stands in the one list that is run', async () => {
  const files = readdirSync(__dirname).filter((file) => !file.endsWith('.spec.ts'));
  const modules = await Promise.all(files.map((file) => import(join(__dirname, file)) as Promise<object>));
  const found = modules.flatMap((module): unknown[] => Object.values(module)).filter(isProcess);
  expect(new Set(found)).toEqual(new Set(processes));
});

it('given the places of the log that are kept, then each is one process’s, under the name of before', () =>
  expect(processes.map(({ name }) => name).toSorted()).toEqual([
    'account-opening',
    'address-confirmation',
    'claim-notices',
    'deal-registration',
    'docket-settling',
    'mail-erasure',
    'notice-mail',
    'person-erasure',
  ]));

it.each(processes)('given $name, then the log knows what it follows', (process) => {
  expect(process.follows.filter((definition) => catalogue.get(definition.type) !== definition)).toEqual([]);
  expect(categoriesOf(process)).not.toEqual([]);
});

it('given what falls due by itself, then the views that know of it are there to be waited for', () => {
  const views = new Set(
    Object.values(readModels).flatMap((exported) =>
      typeof exported === 'object' && 'tables' in exported ? [exported.name] : [],
    ),
  );
  const known = processes.flatMap(({ timers }) => timers?.views ?? []);
  expect(known.filter((view) => !views.has(view))).toEqual([]);
  expect(known).toContain('claims');
});
