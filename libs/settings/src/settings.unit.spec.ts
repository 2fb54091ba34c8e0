import { readSettings, SettingsError } from '.';

const production = {
  NODE_ENV: 'production',
  EVENTSTORE_URL: 'esdb://store:2113',
  DATABASE_URL: 'postgres://tempore@database/tempore?sslmode=verify-full',
  TEMPORE_SECRET: 'pq7Zr0VtYbW3m5KcXh2JdLsEwAgUoN9f',
  OIDC_ISSUER: 'https://issuer.example',
  TEMPORE_DATA: '/data',
  TEMPORE_PUBLIC_URL: 'https://register.example',
  TEMPORE_SMTP_URL: 'smtps://user:secret@mail.example',
  TEMPORE_MAIL_FROM: 'Tempore <tempore@example.com>',
};

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
};

describe('settings', () => {
  it('given an empty environment, then everything has a default for development', () => {
    expect(readSettings({})).toMatchObject({ production: false, http: { port: 3000 }, eventStoreUrl: undefined });
  });

  it('given an empty variable, then it counts as not set', () => {
    expect(readSettings({ EVENTSTORE_URL: '', TEMPORE_PORT: '' })).toMatchObject({ http: { port: 3000 } });
  });

  it('given several wrong variables, then each is named with its remedy', () => {
    expect(problemsOf({ TEMPORE_PORT: 'http', DATABASE_URL: 'mysql://x', TEMPORE_SECRET: 'short' })).toEqual([
      'DATABASE_URL: must start with postgres:// or postgresql://',
      expect.stringContaining('TEMPORE_PORT: '),
      'TEMPORE_SECRET: must have at least 32 characters',
    ]);
  });

  it.each([
    'esdb+discover://one:2113,two:2113,three:2113',
    'esdb+discover://one,two?tls=false',
    'esdb+discover://admin:change,it@one:2113,two:2113?tls=true',
  ])('given several hosts to discover a cluster by, as in %s, then the plain list is named', (EVENTSTORE_URL) => {
    expect(problemsOf({ EVENTSTORE_URL })).toEqual([
      'EVENTSTORE_URL: with several hosts leave +discover out: esdb://host1:2113,host2:2113,host3:2113',
    ]);
  });

  it.each([
    'esdb://one:2113,two:2113,three:2113',
    'esdb+discover://cluster.example:2113',
    'esdb+discover://cluster.example:2113/?tls=true',
    'esdb+discover://admin:change,it@cluster.example?tlsCAFile=/etc/a,b/ca.pem',
  ])('given the store %s, then it is accepted', (EVENTSTORE_URL) => {
    expect(readSettings({ EVENTSTORE_URL })).toMatchObject({ eventStoreUrl: EVENTSTORE_URL });
  });

  it('given a complete production environment, then it is accepted', () => {
    expect(problemsOf(production)).toEqual([]);
  });

  it.each([
    'EVENTSTORE_URL',
    'DATABASE_URL',
    'TEMPORE_SECRET',
    'TEMPORE_DATA',
    'OIDC_ISSUER',
    'TEMPORE_SMTP_URL',
    'TEMPORE_PUBLIC_URL',
  ])('given production without %s, then it is refused', (name) => {
    expect(problemsOf({ ...production, [name]: '' })).toEqual([expect.stringMatching(`^${name}: `)]);
  });

  it.each([
    ['EVENTSTORE_URL', 'esdb://store:2113?tls=false'],
    ['EVENTSTORE_URL', 'esdb://store:2113?tlsVerifyCert=false'],
    ['EVENTSTORE_URL', 'esdb://store:2113?T_L-S=false'],
    ['EVENTSTORE_URL', 'esdb://store:2113?tls=true&Tls= false'],
    ['DATABASE_URL', 'postgres://tempore@database/tempore'],
    ['DATABASE_URL', 'postgres://tempore@database/tempore?sslmode=verify-full&sslmode=disable'],
    ['DATABASE_URL', 'postgres://tempore@database/tempore?sslmode=no-verify'],
    ['DATABASE_URL', 'postgres://tempore@database/tempore?uselibpqcompat=true&sslmode=require'],
    ['DATABASE_URL', 'postgres://tempore@database/tempore?application_name=sslmode=verify-full'],
    ['DATABASE_URL', 'postgres://tempore@database/tempore?ssl=false'],
    ['DATABASE_URL', 'postgres://tempore@database/tempore?sslmode=verify-full&sslrootcert=/nowhere.crt'],
    ['TEMPORE_PUBLIC_URL', 'http://register.example'],
    ['TEMPORE_SMTP_URL', 'smtp://mail.example'],
    ['TEMPORE_SMTP_URL', 'smtps://mail.example?tls.rejectUnauthorized=false'],
    ['TEMPORE_SMTP_URL', 'smtp://mail.example?requireTLS=true&tls.rejectUnauthorized=false'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
    ['TEMPORE_SECRET', 'x'.repeat(32)],
    ['TEMPORE_SECRET', 'abcdefghij'.repeat(4)],
    ['TEMPORE_SECRET_PREVIOUS', production.TEMPORE_SECRET],
    ['OBJECT_STORE_URL', 'http://key:secret@store/bucket'],
    ['OIDC_ISSUER', 'http://issuer.example'],
    ['TEMPORE_CLOCK', 'simulated'],
  ])('given production with %s=%s, then it is refused', (name, value) => {
    expect(problemsOf({ ...production, [name]: value })).toEqual([expect.stringMatching(`^${name}: `)]);
  });

  it.each([
    ['EVENTSTORE_URL', 'esdb://store:2113?tls=false&tls=true'],
    ['DATABASE_URL', 'postgres://tempore@database/tempore?sslmode=disable&sslmode=verify-full'],
    ['DATABASE_URL', 'postgres://tempore@database/tempore?ssl=true'],
    ['TEMPORE_SMTP_URL', 'smtp://mail.example?requireTLS=true'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '1'],
  ])('given production with %s=%s, then it is accepted', (name, value) => {
    expect(problemsOf({ ...production, [name]: value })).toEqual([]);
  });

  it('given development, then a secret that repeats itself, or is the one of before, is refused all the same', () => {
    const { TEMPORE_SECRET } = production;
    expect(problemsOf({ TEMPORE_SECRET: 'ab'.repeat(20) })).toEqual([expect.stringMatching(/^TEMPORE_SECRET: /)]);
    expect(problemsOf({ TEMPORE_SECRET, TEMPORE_SECRET_PREVIOUS: TEMPORE_SECRET })).toEqual([
      expect.stringMatching(/^TEMPORE_SECRET_PREVIOUS: /),
    ]);
  });

  it('given nothing, then the API is described in development and not in production, and either may be changed', () => {
    expect(readSettings({}).docs).toBe(true);
    expect(readSettings(production).docs).toBe(false);
    expect(readSettings({ ...production, TEMPORE_DOCS: 'true' }).docs).toBe(true);
    expect(readSettings({ TEMPORE_DOCS: 'false' }).docs).toBe(false);
  });

  it('given production that mails without a sender of its own, then it is refused', () => {
    expect(problemsOf({ ...production, TEMPORE_MAIL_FROM: '' })).toEqual([
      expect.stringMatching(/^TEMPORE_MAIL_FROM: /),
    ]);
  });

  it('given production with a bucket, then no folder has to last', () => {
    const bucket = { TEMPORE_DATA: '', OBJECT_STORE_URL: 'https://key:secret@store/bucket' };
    expect(problemsOf({ ...production, ...bucket })).toEqual([]);
  });

  it('given production on a private network, then the stores may be reached without TLS', () => {
    const plain = {
      EVENTSTORE_URL: 'esdb://store:2113?tls=false',
      DATABASE_URL: 'postgres://tempore@database/tempore',
      TEMPORE_SMTP_URL: 'smtp://relay',
    };
    expect(problemsOf({ ...production, ...plain, TEMPORE_TRUST_NETWORK: 'true' })).toEqual([]);
  });
});
