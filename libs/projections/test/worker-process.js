/** Runs worker-process.ts as it stands, compiled on the way: what is killed is a process, not a promise. */
const { transformFileSync } = require('@swc/core');
const { resolve } = require('node:path');

const root = resolve(__dirname, '../../..');
process.chdir(root);
require.extensions['.ts'] = (module, filename) => {
  module._compile(transformFileSync(filename, { configFile: resolve(root, '.swcrc') }).code, filename);
};
require('./worker-process.ts');
