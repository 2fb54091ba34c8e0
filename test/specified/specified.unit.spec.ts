/**
 * What nobody specified: lists that are read from the sources, so that who adds one of these without a specification is
 * told so.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { templates } from '@tempore/notices';

const ROOT = join(__dirname, '../..');

const files = ['apps', 'libs', 'test']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => file.endsWith('.ts') && file !== join('test', 'specified', 'specified.unit.spec.ts'));

const textOf = (those: readonly string[]): string =>
  those.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');

const isSpec = (file: string): boolean => file.endsWith('.spec.ts');
const sources = textOf(files.filter((file) => !isSpec(file) && !file.startsWith('test')));
const specs = textOf(files.filter(isSpec));

/** Every way in which the product says under which code it answers "no". */
const CODES = [
  /(?:Refusal|problem)\(\s*(?:\w+\?\.code \?\? )?'([A-Z]+(?:_[A-Z]+)*)'/g,
  /notWhereItStands\(\s*\w+,\s*'([A-Z]+(?:_[A-Z]+)*)'/g,
  /\bcode: '([A-Z]+(?:_[A-Z]+)*)'/g,
];

const codes = [...new Set(CODES.flatMap((way) => [...sources.matchAll(way)].map(([, code = '']) => code)))].sort();

it('given the sources, then the codes of refusals are found in them', () => {
  expect(codes.length).toBeGreaterThan(150);
  expect(codes).toEqual(expect.arrayContaining(['CLAIM_NOT_HOLDER', 'DEAL_INCOMPLETE', 'HEADERS_TOO_LARGE']));
});

it('given a code under which something is refused, then a specification expects it', () =>
  expect(codes.filter((code) => !specs.includes(`'${code}'`))).toEqual([]));

it('given a template of notices, then a specification names it', () =>
  expect(templates.filter((template) => !specs.includes(`'${template}'`))).toEqual([]));
