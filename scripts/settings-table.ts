/** Writes docs/settings.md from the variables: `npm run docs:settings`. */
import { writeFileSync } from 'node:fs';

import { variables } from '@tempore/settings';
import { z } from 'zod';

const defaultOf = (schema: z.ZodType): string => {
  const { default: value } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return value === undefined || value === '' ? '' : `\`${JSON.stringify(value).replaceAll('"', '')}\``;
};

const row = ([name, schema]: [string, z.ZodType]): string =>
  `| \`${name}\` | ${defaultOf(schema)} | ${schema.description ?? ''} |`;

export const settingsTable = (): string =>
  [
    '# Settings',
    '',
    'Every environment variable that the product reads. Written by `npm run docs:settings`.',
    '',
    '| variable | default | what it is for |',
    '| --- | --- | --- |',
    ...Object.entries(variables).map(row),
    '',
  ].join('\n');

if (require.main === module) writeFileSync('docs/settings.md', settingsTable());
