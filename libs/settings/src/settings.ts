import { resolve } from 'node:path';

import { z } from 'zod';

import { isDatabaseSafe, isEventStoreSafe, isMailSafe } from './safety';
import { variables } from './variables';

const schema = z.object(variables);
type Variables = z.output<typeof schema>;

/** How notices are mailed. */
export interface MailSettings {
  /** Files in a folder where undefined. */
  readonly smtpUrl: string | undefined;
  readonly from: string;
  /** Mailbox of everybody who holds the role; inbox alone where undefined. */
  readonly channelManager: string | undefined;
}

export interface OidcSettings {
  /** The local one where undefined. */
  readonly issuer: string | undefined;
  readonly audience: string;
  /** As whom the portal signs people in; undefined where it does not. */
  readonly client: { readonly id: string; readonly secret: string | undefined; readonly scope: string } | undefined;
}

export interface Settings {
  readonly production: boolean;
  /** Absolute. */
  readonly dataDir: string;
  readonly eventStoreUrl: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly objectStoreUrl: string | undefined;
  readonly namespace: string;
  /** Where people reach the API, for links in mails. */
  readonly publicUrl: string;
  readonly http: { readonly host: string; readonly port: number };
  readonly secret: string | undefined;
  readonly previousSecret: string | undefined;
  readonly maxUploadBytes: number;
  /** How many requests of a kind one principal may send a minute; 0 is no limit. */
  readonly perMinute: Readonly<Record<'reads' | 'commands' | 'availability checks', number>>;
  readonly mail: MailSettings;
  readonly oidc: OidcSettings;
  /** The longest life of a bearer token, in hours. */
  readonly tokenMaxHours: number;
  readonly clock: Variables['TEMPORE_CLOCK'];
  /** Whether `/docs` and `/openapi.json` are served. */
  readonly docs: boolean;
  readonly logLevel: Variables['TEMPORE_LOG_LEVEL'];
}

/** Says everything that is wrong with the environment at once, each line naming the variable and the remedy. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly problems: readonly string[]) {
    super(`The settings are not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** What production refuses, as a problem with its remedy. */
const insecure = (is: Variables): string[] => {
  const problems: string[] = [];
  if (!is.EVENTSTORE_URL) problems.push('EVENTSTORE_URL: set it; the embedded node is for development');
  if (!is.DATABASE_URL) problems.push('DATABASE_URL: set it; the embedded server is for development');
  if (!is.TEMPORE_SECRET) problems.push('TEMPORE_SECRET: set it to at least 32 random characters');
  if (!is.OBJECT_STORE_URL && is.TEMPORE_DATA === variables.TEMPORE_DATA.def.defaultValue)
    problems.push('TEMPORE_DATA: set it to a folder that lasts and that all processes share, or set OBJECT_STORE_URL');
  if (!is.OIDC_ISSUER) problems.push('OIDC_ISSUER: set it; the local issuer is for development');
  if (!is.TEMPORE_PUBLIC_URL.startsWith('https://'))
    problems.push('TEMPORE_PUBLIC_URL: set it to the https address at which people reach the API: mails link to it');
  if (!is.TEMPORE_SMTP_URL) problems.push('TEMPORE_SMTP_URL: set it; mail into files is for development');
  if (is.NODE_TLS_REJECT_UNAUTHORIZED === '0')
    problems.push('NODE_TLS_REJECT_UNAUTHORIZED: leave it out; NODE_EXTRA_CA_CERTS names certificates of your own');
  if (is.TEMPORE_SMTP_URL && is.TEMPORE_MAIL_FROM === variables.TEMPORE_MAIL_FROM.def.defaultValue)
    problems.push('TEMPORE_MAIL_FROM: set it to an address that the mail server may send from');
  if (is.TEMPORE_CLOCK === 'simulated') problems.push('TEMPORE_CLOCK: use the system clock');
  if (is.OIDC_ISSUER?.startsWith('http://')) problems.push('OIDC_ISSUER: use https');
  if (is.TEMPORE_TRUST_NETWORK) return problems;
  if (is.EVENTSTORE_URL && !isEventStoreSafe(is.EVENTSTORE_URL))
    problems.push('EVENTSTORE_URL: use TLS, or set TEMPORE_TRUST_NETWORK=true where the network to it is private');
  if (is.OBJECT_STORE_URL?.startsWith('http://'))
    problems.push('OBJECT_STORE_URL: use https, or set TEMPORE_TRUST_NETWORK=true where the network to it is private');
  if (is.DATABASE_URL && !isDatabaseSafe(is.DATABASE_URL))
    problems.push(
      'DATABASE_URL: let it say sslmode=verify-full and nothing that undoes it, or set TEMPORE_TRUST_NETWORK=true where the network to it is private',
    );
  if (is.TEMPORE_SMTP_URL && !isMailSafe(is.TEMPORE_SMTP_URL))
    problems.push(
      'TEMPORE_SMTP_URL: use smtps:// or requireTLS=true and check certificates, or set TEMPORE_TRUST_NETWORK=true where the network to it is private',
    );
  return problems;
};

/** What is wrong wherever the product runs. */
const contradictions = (is: Variables): string[] =>
  is.TEMPORE_SECRET !== undefined && is.TEMPORE_SECRET === is.TEMPORE_SECRET_PREVIOUS
    ? ['TEMPORE_SECRET_PREVIOUS: give the secret of before the change, or leave it out where nothing changed']
    : [];

/** Reads the settings out of an environment. Throws `SettingsError`. */
export const readSettings = (environment: Readonly<Record<string, string | undefined>>): Settings => {
  // An empty variable is how compose files and shells spell "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success)
    throw new SettingsError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  const is = parsed.data;
  const production = is.NODE_ENV === 'production';
  const problems = [...contradictions(is), ...(production ? insecure(is) : [])];
  if (problems.length > 0) throw new SettingsError(problems);
  return {
    production,
    dataDir: resolve(is.TEMPORE_DATA),
    eventStoreUrl: is.EVENTSTORE_URL,
    databaseUrl: is.DATABASE_URL,
    objectStoreUrl: is.OBJECT_STORE_URL,
    namespace: is.TEMPORE_NAMESPACE,
    publicUrl: is.TEMPORE_PUBLIC_URL,
    http: { host: is.TEMPORE_HOST, port: is.TEMPORE_PORT },
    secret: is.TEMPORE_SECRET,
    previousSecret: is.TEMPORE_SECRET_PREVIOUS,
    maxUploadBytes: is.TEMPORE_MAX_UPLOAD_BYTES,
    perMinute: {
      reads: is.TEMPORE_READS_PER_MINUTE,
      commands: is.TEMPORE_COMMANDS_PER_MINUTE,
      'availability checks': is.TEMPORE_AVAILABILITY_CHECKS_PER_MINUTE,
    },
    mail: {
      smtpUrl: is.TEMPORE_SMTP_URL,
      from: is.TEMPORE_MAIL_FROM,
      channelManager: is.TEMPORE_MAIL_CHANNEL_MANAGER,
    },
    oidc: {
      issuer: is.OIDC_ISSUER,
      audience: is.OIDC_AUDIENCE,
      client: is.OIDC_CLIENT_ID
        ? { id: is.OIDC_CLIENT_ID, secret: is.OIDC_CLIENT_SECRET, scope: is.OIDC_SCOPE }
        : undefined,
    },
    tokenMaxHours: is.TEMPORE_TOKEN_MAX_HOURS,
    clock: is.TEMPORE_CLOCK,
    docs: is.TEMPORE_DOCS ?? !production,
    logLevel: is.TEMPORE_LOG_LEVEL,
  };
};
