import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { variables } from '.';
import { settingsTable } from '../../../scripts/settings-table';

it('given the variables of today, docs/settings.md lists them (else: npm run docs:settings)', () =>
  expect(readFileSync(join(__dirname, '../../../docs/settings.md'), 'utf8')).toBe(settingsTable()));

it.each(Object.entries(variables))('%s says what it is for', (_, variable) =>
  expect(variable.description).toMatch(/\w/),
);
