import { dirname, join, parse as partsOf } from 'node:path';

import ts from 'typescript';

import { ROOT } from './compile';
import type { Mutant } from './mutants';

/** How many are looked at with one type checker. */
const AT_ONCE = 200;

/**
 * The first mutants of a row that the compiler lets through: a fault that it refuses never reaches a test, and says
 * nothing of them. Each is checked as a further file beside the one that it was made of.
 */
export const firstThatCompile = (mutants: readonly Mutant[], count: number): readonly Mutant[] => {
  const valid: Mutant[] = [];
  for (let from = 0; from < mutants.length && valid.length < count; from += AT_ONCE)
    valid.push(...thoseThatCompile(mutants.slice(from, from + AT_ONCE)));
  return valid.slice(0, count);
};

let before: ts.Program | undefined;

const thoseThatCompile = (mutants: readonly Mutant[]): readonly Mutant[] => {
  const besides = new Map(mutants.map((mutant) => [besideOf(mutant.file, mutant.id), mutant.source()]));
  // As it stands, beside itself: what the compiler says of that too is not the mutant's fault.
  const controls = new Map(
    mutants.map(({ file }) => [besideOf(file, 'as-it-is'), ts.sys.readFile(join(ROOT, file)) ?? '']),
  );
  const program = programOf(new Map([...besides, ...controls]), before);
  before = program;
  const faultsOf = (file: string, name: string): readonly number[] => {
    const source = program.getSourceFile(besideOf(file, name));
    if (!source) throw new Error(`${file} is no part of the program`);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ code }) => code,
    );
  };
  const allowed = new Map<string, number>();
  return mutants.filter(({ file, id }) => {
    const faultsAsItIs = allowed.get(file) ?? faultsOf(file, 'as-it-is').length;
    allowed.set(file, faultsAsItIs);
    return faultsOf(file, id).length <= faultsAsItIs;
  });
};

const besideOf = (file: string, name: string): string => {
  const { name: base } = partsOf(file);
  return join(ROOT, dirname(file), `${base}.mutant-${name}.ts`);
};

const programOf = (textOf: ReadonlyMap<string, string>, before?: ts.Program): ts.Program => {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT);
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    readFile: (file) => textOf.get(file) ?? disk.readFile(file),
    fileExists: (file) => textOf.has(file) || disk.fileExists(file),
    getSourceFile: (file, version, ...rest) => {
      const text = textOf.get(file);
      return text === undefined
        ? disk.getSourceFile(file, version, ...rest)
        : ts.createSourceFile(file, text, version, true);
    },
  };
  // A fault may leave a name unused; that is a matter of style.
  const lenient = { ...options, noEmit: true, noUnusedLocals: false, noUnusedParameters: false };
  return ts.createProgram([...textOf.keys()], lenient, host, before);
};
