import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { eventCatalogue } from '../../../scripts/event-catalogue';

it('given the definitions of today, docs/event-catalogue.md says what they say (else: npm run docs:events)', () =>
  expect(readFileSync(join(__dirname, '../../../docs/event-catalogue.md'), 'utf8')).toBe(eventCatalogue()));
