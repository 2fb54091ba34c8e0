// Builds the portal beside the product: the API's description, the types that it has, the bundle, and each file once more
// as brotli has it, so that nothing is compressed while somebody waits.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { brotliCompressSync, constants } from 'node:zlib';

import openapiTs, { astToString } from 'openapi-typescript';
import { build } from 'vite';

const SCHEMA = 'apps/web/src/api/schema.ts';
const COMPRESSES = /\.(html|js|css|svg|json)$/;

/** Writes the types of the API as the build in `folder` describes it. */
export const writeTypes = async (folder) => {
  const description = join(folder, 'openapi.json');
  const { status } = spawnSync(process.execPath, [join(folder, 'scripts/openapi.js'), description], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The API could not be described');
  const types = astToString(await openapiTs(JSON.parse(readFileSync(description, 'utf8'))));
  writeFileSync(SCHEMA, `// Made by the build from the API's description.\n${types}`);
  rmSync(description);
};

export const buildWeb = async (folder) => {
  const outDir = join(process.cwd(), folder, 'web');
  await build({ root: 'apps/web', logLevel: 'warn', build: { outDir } });
  for (const name of readdirSync(outDir, { recursive: true })) {
    const file = join(outDir, name);
    if (!COMPRESSES.test(file)) continue;
    const plain = readFileSync(file);
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
    writeFileSync(`${file}.br`, brotliCompressSync(plain, { params }));
  }
};
