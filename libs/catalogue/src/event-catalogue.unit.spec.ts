import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { audiences } from '@tempore/kernel';
import type { z } from 'zod';

import { catalogue } from '.';
import { eventCatalogue } from '../../../scripts/event-catalogue';

it('given the definitions of today, docs/event-catalogue.md says what they say (else: npm run docs:events)', () =>
  expect(readFileSync(join(__dirname, '../../../docs/event-catalogue.md'), 'utf8')).toBe(eventCatalogue()));

it.each([...catalogue.values()])('given $type, then what is shown of it is fields that it has', (definition) => {
  const { schema, visibility } = definition;
  const has = Object.keys((schema as Partial<z.ZodObject>).shape ?? {});
  const shown = audiences.flatMap((audience) => visibility.at(-1)?.[audience]?.fields ?? []);
  expect(shown.filter((field) => !has.includes(field))).toEqual([]);
});
