import { join, relative } from 'node:path';

import { transformSync } from '@swc/core';
import { addHook } from 'pirates';

export const ROOT = process.cwd();

/** As the product's build and jest's, in memory: from here on `require` compiles TypeScript, of some files another text. */
export const compileOnRequire = (textOf: ReadonlyMap<string, string>): void => {
  addHook((code, file) => compiled(textOf.get(relative(ROOT, file)) ?? code, file), { exts: ['.ts'] });
};

const compiled = (code: string, file: string): string =>
  transformSync(code, {
    swcrc: false,
    configFile: false,
    filename: file,
    sourceMaps: false,
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2023',
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      baseUrl: ROOT,
      paths: {
        '@messages/*': [join(ROOT, 'libs/*/src/messages')],
        '@tempore/*': [join(ROOT, 'libs/*/src')],
      },
    },
  }).code;
