/** The house rules of who may import whom: the README has the picture. */
const DOMAIN = '(programme|accounts|partners|deals|dockets|documents|principals|people|clock|notices|access)';
/** What is not built into the product. */
const TESTS = '(\\.spec\\.ts$|^libs/[^/]+/test/)';
const INFRASTRUCTURE = '(event-store|projections|personal-data|document-store|embedded-eventstore|embedded-postgres)';

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'kernel-imports-no-room',
      comment: 'The kernel is what everybody shares; it knows nobody.',
      severity: 'error',
      from: { path: '^libs/kernel/' },
      to: { path: '^(libs/(?!kernel/)|apps/)' },
    },
    {
      name: 'domain-is-pure',
      comment: 'A domain lib imports the kernel and the messages of another domain lib, nothing else of ours.',
      severity: 'error',
      from: { path: `^libs/${DOMAIN}/src/`, pathNot: TESTS },
      to: { path: '^(libs|apps)/', pathNot: [`^libs/kernel/`, `^libs/${DOMAIN}/src/messages/`, '^libs/$1/'] },
    },
    {
      name: 'domain-needs-no-framework',
      severity: 'error',
      from: { path: `^libs/(kernel|processes|${DOMAIN})/`, pathNot: TESTS },
      to: { path: 'node_modules/(@nestjs|typeorm|pg|@eventstore|@grpc|class-validator|class-transformer|lmdb)/' },
    },
    {
      name: 'processes-join-domains',
      severity: 'error',
      from: { path: '^libs/processes/', pathNot: TESTS },
      to: { path: '^(libs|apps)/', pathNot: [`^libs/(kernel|processes|${DOMAIN})/`] },
    },
    {
      name: 'infrastructure-knows-no-domain',
      severity: 'error',
      from: { path: `^libs/${INFRASTRUCTURE}/`, pathNot: TESTS },
      to: { path: '^(libs|apps)/', pathNot: ['^libs/kernel/', '^libs/$1/'] },
    },
    {
      name: 'read-models-decide-nothing',
      comment:
        'A view knows the events of a domain (its messages), how they fold (its state), and the projection engine.',
      severity: 'error',
      from: { path: '^libs/read-models/', pathNot: TESTS },
      to: {
        path: '^(libs|apps)/',
        pathNot: [`^libs/(kernel|projections|read-models|catalogue)/`, `^libs/${DOMAIN}/src/(messages|state)/`],
      },
    },
    {
      name: 'acts-stand-above-what-they-use',
      comment: 'What the product does is done alike for whoever asks: over HTTP, on the command line, by itself.',
      severity: 'error',
      from: { path: '^libs/acts/', pathNot: TESTS },
      to: {
        path: '^(libs|apps)/',
        pathNot: [
          `^libs/(kernel|processes|acts|catalogue|event-store|projections|read-models|personal-data|document-store|${DOMAIN})/`,
        ],
      },
    },
    {
      name: 'acts-need-no-framework',
      severity: 'error',
      from: { path: '^libs/acts/', pathNot: TESTS },
      to: { path: 'node_modules/(@nestjs|@fastify|fastify|typeorm|class-validator|class-transformer)/' },
    },
    {
      name: 'states-decide-nothing',
      comment: 'What a domain tells of its states must not reach how it decides (docs/adr/0022).',
      severity: 'error',
      from: { path: `^libs/${DOMAIN}/src/state/` },
      to: { path: '\\.decide\\.ts$', reachable: true },
    },
    {
      name: 'catalogue-lists-messages',
      comment: 'The list of all events and categories knows what each domain says, not how it decides.',
      severity: 'error',
      from: { path: '^libs/catalogue/', pathNot: TESTS },
      to: { path: '^(libs|apps)/', pathNot: ['^libs/(kernel|catalogue)/', `^libs/${DOMAIN}/src/messages/`] },
    },
    {
      name: 'libs-know-no-app',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'portal-knows-the-api-alone',
      comment: 'What runs in a browser asks over HTTP like everybody else: nothing of the server gets into it.',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(libs|test|apps/(?!web/))' },
    },
    {
      name: 'nobody-knows-the-portal',
      severity: 'error',
      from: { pathNot: '^apps/web/' },
      to: { path: '^apps/web/' },
    },
    {
      name: 'one-door-to-the-store',
      comment: 'The client is confined to one lib; the embedded node uses its generated service definitions.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/(event-store|embedded-eventstore)/', TESTS] },
      to: { path: 'node_modules/(@eventstore|@grpc)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
