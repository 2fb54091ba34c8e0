/**
 * A supervisor in a process of its own, for tests that kill it: starts PostgreSQL with the options given as JSON,
 * prints what it started as one JSON line, and stays. Runs the TypeScript sources as they are.
 */
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    configFile: false,
    module: { type: 'commonjs' },
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
  });
  module._compile(code, filename);
};

const { startPostgres } = require('../src/index.ts');

startPostgres(JSON.parse(process.argv[2])).then(
  ({ url, pid, data }) => console.log(JSON.stringify({ url, pid, data })),
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);
