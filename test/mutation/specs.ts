import { createRequire } from 'node:module';
import { join, sep } from 'node:path';

import { expect } from 'expect';
import * as circus from 'jest-circus';

import { ROOT } from './compile';

/** One test of a lib's specifications. */
export interface Test {
  readonly name: string;
  readonly run: () => unknown;
}

type Block = ReturnType<typeof circus.getState>['currentDescribeBlock'];

/** What specifications find in the global scope. Nothing of jest's module registry: a lib that is pure needs none. */
export const announce = (): void => {
  const { describe, it, test, beforeEach, afterEach, beforeAll, afterAll } = circus;
  Object.assign(globalThis, { describe, it, test, beforeEach, afterEach, beforeAll, afterAll, expect });
};

/** Packages, and what runs this. */
const FOREIGN = /[\\/](node_modules|dist)[\\/]/;

const requireAnew = createRequire(join(ROOT, 'package.json'));

/** The tests of these files, with all that they import of this repository evaluated anew. */
export const load = (files: readonly string[]): readonly Test[] => {
  const ours = Object.keys(requireAnew.cache).filter((file) => file.startsWith(ROOT + sep) && !FOREIGN.test(file));
  for (const file of ours) Reflect.deleteProperty(requireAnew.cache, file);
  circus.resetState();
  for (const file of files) requireAnew(join(ROOT, file));
  return testsIn(circus.getState().rootDescribeBlock, '');
};

const testsIn = (block: Block, path: string): Test[] => {
  if (block.hooks.length > 0) throw new Error(`${path} has hooks: the specifications of a pure lib need none`);
  return block.children.flatMap((child) => {
    const name = `${path} ${child.name}`.trim();
    if (child.type === 'describeBlock') return testsIn(child, name);
    return child.mode === 'skip' || child.mode === 'todo' ? [] : [{ name, run: child.fn as () => unknown }];
  });
};
