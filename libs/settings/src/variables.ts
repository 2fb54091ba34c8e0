import { z } from 'zod';

import { isDatabaseSafe, isGuessable } from './safety';

const port = z.coerce.number().int().min(0).max(65_535);
const flag = z.stringbool();
const SHORTEST_SECRET = 32;
const secret = z
  .string()
  .min(SHORTEST_SECRET, { error: 'must have at least 32 characters' })
  .refine((text) => text.length < SHORTEST_SECRET || !isGuessable(text), {
    error: 'must be random, such as what `openssl rand -base64 32` prints: this one repeats itself',
  });
const count = z.coerce.number().int().min(0);

const url = (...protocols: string[]) =>
  z.string().refine((text) => protocols.some((protocol) => text.startsWith(`${protocol}://`)), {
    error: `must start with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`,
  });

/** As the client reads them: behind the credentials, before the options, with commas or slashes in between. */
const hostsIn = (connectionString: string): string[] => {
  const [hosts = ''] = connectionString.replace(/^[^:]+:\/\/(?:[^?]*@)?/, '').split('?');
  return hosts.split(/[,/]/).filter((host) => host !== '');
};

/** Every variable the product reads, with its default and what it is for; docs/settings.md is made from this. */
export const variables = {
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .describe('`production` refuses every combination that is only fit for development'),
  TEMPORE_DATA: z
    .string()
    .min(1)
    .default('.tempore')
    .describe(
      'Folder of the embedded stores, the local issuer’s key pair, the generated secret, and of the objects where OBJECT_STORE_URL is absent',
    ),
  EVENTSTORE_URL: url('esdb', 'esdb+discover')
    // The client asks the first of them alone, and an outage of that one is an outage of the cluster.
    .refine((text) => !(text.startsWith('esdb+discover://') && hostsIn(text).length > 1), {
      error: 'with several hosts leave +discover out: esdb://host1:2113,host2:2113,host3:2113',
    })
    .optional()
    .describe(
      'EventStoreDB, such as `esdb://host:2113?tls=true`, or a cluster, `esdb://host1:2113,host2:2113,host3:2113`; the embedded node where absent',
    ),
  DATABASE_URL: url('postgres', 'postgresql')
    .superRefine((text, context) => {
      try {
        isDatabaseSafe(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: `cannot be read: ${(error as Error).message}` });
      }
    })
    .optional()
    .describe(
      'PostgreSQL 15 or later with pg_trgm; the embedded server where absent. `?query_timeout=` in it says after how many milliseconds a query is given up (30000)',
    ),
  OBJECT_STORE_URL: url('https', 'http')
    .optional()
    .describe(
      'S3-compatible bucket for uploaded documents and key shares, as `https://key:secret@host/bucket?region=eu-central-1`, without versions; `objects` in TEMPORE_DATA where absent, which all processes then share and production has to set',
    ),
  TEMPORE_NAMESPACE: z
    .string()
    .regex(/^[a-z0-9_]*$/, { error: 'may hold lower-case letters, digits and underscores only' })
    .default('')
    .describe('Prefix of all stream names, so that several installations can share one store'),
  TEMPORE_HOST: z.string().default('127.0.0.1').describe('Address the API listens on'),
  TEMPORE_PORT: port.default(3000).describe('Port the API listens on; 0 picks a free one'),
  TEMPORE_PUBLIC_URL: url('https', 'http')
    .default('http://localhost:3000')
    .describe('Where people reach the API, as links in mails name it; required in production'),
  TEMPORE_SECRET: secret
    .optional()
    .describe(
      'Secret behind consistency tokens, request hashes and the keys of personal data; all processes of an installation share it. Generated into TEMPORE_DATA where absent; required in production',
    ),
  TEMPORE_SECRET_PREVIOUS: secret
    .optional()
    .describe('The secret of before a change: opens the keys of personal data until the vault has been rewrapped'),
  TEMPORE_MAX_UPLOAD_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(26_214_400)
    .describe('The largest document that may be uploaded, in bytes'),
  TEMPORE_READS_PER_MINUTE: count
    .default(6_000)
    .describe('How often one principal may read a minute, at each API process; 0 is no limit'),
  TEMPORE_COMMANDS_PER_MINUTE: count
    .default(3_000)
    .describe('How many commands one principal may send a minute, at each API process; 0 is no limit'),
  TEMPORE_AVAILABILITY_CHECKS_PER_MINUTE: count
    .default(30)
    .describe('How often one principal may ask a minute whether a place is free; 0 is no limit'),
  TEMPORE_SMTP_URL: url('smtps', 'smtp')
    .optional()
    .describe(
      'Mail server that notices are mailed through, as `smtps://user:password@host:465`; files in `mail` in TEMPORE_DATA where absent, which production refuses',
    ),
  TEMPORE_MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*@[^\r\n]+$/, { error: 'must be an address, such as tempore@example.com' })
    .default('Tempore <tempore@localhost>')
    .describe('Sender of the mails; set it where TEMPORE_SMTP_URL is'),
  TEMPORE_MAIL_CHANNEL_MANAGER: z
    .email()
    .optional()
    .describe('Mailbox of the channel managers; what they are told stands in the inbox alone where absent'),
  OIDC_ISSUER: url('https', 'http')
    .optional()
    .describe('Issuer of the bearer tokens; a local issuer with a key pair in TEMPORE_DATA where absent'),
  OIDC_AUDIENCE: z.string().min(1).default('tempore').describe('Audience a bearer token must name'),
  OIDC_CLIENT_ID: z
    .string()
    .min(1)
    .optional()
    .describe('As whom the issuer knows the portal; nobody signs in to it by OIDC_ISSUER where absent'),
  OIDC_CLIENT_SECRET: z
    .string()
    .min(1)
    .optional()
    .describe('What the portal proves to the issuer that it is OIDC_CLIENT_ID; absent for a public client'),
  OIDC_SCOPE: z
    .string()
    .regex(/(^| )openid( |$)/, { error: 'must hold openid' })
    .default('openid profile offline_access')
    .describe('What the portal asks the issuer for; without a refresh token a session ends with its access token'),
  TEMPORE_TOKEN_MAX_HOURS: z.coerce
    .number()
    .positive()
    .max(24 * 90)
    .default(24)
    .describe('The longest life of a bearer token, in hours; one that was issued for longer is refused'),
  TEMPORE_CLOCK: z
    .enum(['system', 'simulated'])
    .default('system')
    .describe('`simulated`: time stands until an administrator moves it; refused in production'),
  TEMPORE_TRUST_NETWORK: flag
    .default(false)
    .describe(
      'Says that the network to both stores is private: production then accepts connections to them without TLS',
    ),
  TEMPORE_DOCS: flag
    .optional()
    .describe('Whether the API is described at `/docs` and `/openapi.json`; not in production where absent'),
  NODE_TLS_REJECT_UNAUTHORIZED: z
    .string()
    .optional()
    .describe('Node’s own: `0` takes whatever certificate a server shows, and is refused in production'),
  TEMPORE_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('How much is logged, as JSON lines on standard error'),
} as const satisfies Record<string, z.ZodType>;
