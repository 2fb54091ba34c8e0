import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Instrumenter } from '@stryker-mutator/instrumenter';

import { ROOT } from './compile';

/** One small fault that was put into the source: where, and what stands there instead. */
export interface Mutant {
  /** By which the switch in the instrumented source knows it. */
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
  /** The line with the fault in it, as a report shows it and as the list of equivalent ones names it. */
  readonly shows: string;
  /** The whole file with the fault in it. */
  readonly source: () => string;
}

/** A lib with every fault in it at once, each behind a switch. */
export interface Mutated {
  readonly mutants: readonly Mutant[];
  readonly textOf: ReadonlyMap<string, string>;
}

/** What decides nothing: entries that only export, and types of foreign packages. */
const WITHOUT_RULES = /(\.spec|\.d|\/index)\.ts$/;

export const filesOf = (lib: string): readonly string[] =>
  readdirSync(join(ROOT, 'libs', lib), { recursive: true, encoding: 'utf8' })
    .map((file) => join('libs', lib, file))
    .filter((file) => file.endsWith('.ts'))
    .sort();

const nothing = (): void => undefined;
const no = (): boolean => false;
/** What the mutants are made by reports through a logger; there is nothing in it for us. */
const silent = {
  ...{ trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing, fatal: nothing },
  ...{ isTraceEnabled: no, isDebugEnabled: no, isInfoEnabled: no, isWarnEnabled: no, isErrorEnabled: no },
  isFatalEnabled: no,
};

export const mutate = async (lib: string): Promise<Mutated> => {
  const sources = filesOf(lib).filter((file) => file.includes('/src/') && !WITHOUT_RULES.test(file));
  const contents = new Map(sources.map((name) => [name, readFileSync(join(ROOT, name), 'utf8')]));
  const files = sources.map((name) => ({ name, mutate: true, content: contents.get(name) ?? '' }));
  const { files: instrumented, mutants } = await new Instrumenter(silent).instrument(files, {
    plugins: ['decorators-legacy'],
    excludedMutations: [],
    ignorers: [],
  });
  return {
    mutants: mutants
      .map(({ id, fileName, mutatorName, replacement, location: { start, end } }) => {
        const content = contents.get(fileName) ?? '';
        const [from, to] = [start, end].map(({ line, column }) => offsetOf(content, line, column)) as [number, number];
        const lineStart = content.lastIndexOf('\n', from - 1) + 1;
        const lineEnd = content.indexOf('\n', to);
        const shown =
          content.slice(lineStart, from) + replacement + content.slice(to, lineEnd < 0 ? undefined : lineEnd);
        return {
          id,
          file: fileName,
          line: start.line + 1,
          mutator: mutatorName,
          original: content.slice(from, to),
          replacement,
          shows: shown.replace(/\s+/g, ' ').trim(),
          source: () => content.slice(0, from) + replacement + content.slice(to),
        };
      })
      .filter((mutant) => !isProse(mutant)),
    textOf: new Map(instrumented.map(({ name, content }) => [name, content])),
  };
};

/** A sentence for people. How it is worded is no rule; everything that decides is one word. */
const isProse = ({ mutator, original }: Pick<Mutant, 'mutator' | 'original'>): boolean =>
  mutator === 'StringLiteral' && /\s/.test(original);

const offsetOf = (content: string, line: number, column: number): number =>
  content
    .split('\n')
    .slice(0, line)
    .reduce((length, { length: more }) => length + more + 1, column);

/** In an order that a seed gives, in which each has its place whichever other ones there are: an edit reshuffles little. */
export const shuffled = (mutants: readonly Mutant[], seed: number): readonly Mutant[] => {
  const seen = new Map<string, number>();
  const drawn = mutants.map((mutant) => {
    const { file, mutator, shows } = mutant;
    const name = [seed, file, mutator, shows].join('\n');
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return { mutant, lot: createHash('sha256').update(`${name}\n${nth}`).digest('hex') };
  });
  return drawn.sort((a, b) => (a.lot < b.lot ? -1 : 1)).map(({ mutant }) => mutant);
};
