import { parseConnectionUrl } from 'nodemailer/lib/shared';
import { parse as parseDatabaseUrl } from 'pg-connection-string';

/*
 * Whether an address makes for a connection that is encrypted to somebody whose certificate is checked. Each is taken
 * apart as its driver does it: a parameter may stand there twice, be spelled otherwise, or be undone by another.
 */

/** Throws where the driver cannot read it, as where a file that it names is not there. */
export const isDatabaseSafe = (url: string): boolean => {
  const ssl: unknown = parseDatabaseUrl(url).ssl;
  if (typeof ssl === 'object' && ssl !== null)
    return !('rejectUnauthorized' in ssl) || ssl.rejectUnauthorized !== false;
  return ssl === true;
};

/** Its client minds neither case nor signs within a name, and takes the last of two. */
export const isEventStoreSafe = (url: string): boolean => {
  const options = new Map(
    url
      .split(/[?&]/)
      .slice(1)
      .map((pair) => pair.split('=') as [string, string?])
      .map(([name, value = '']) => [name.trim().toLowerCase().replaceAll(/[_-]/g, ''), value.trim()]),
  );
  return options.get('tls') !== 'false' && options.get('tlsverifycert') !== 'false';
};

export const isMailSafe = (url: string): boolean => {
  const { secure, requireTLS, tls } = parseConnectionUrl(url);
  return (secure === true || requireTLS === true) && tls?.rejectUnauthorized !== false;
};

const FEWEST_CHARACTERS = 8;

/** A secret that was typed to fill the field: few different characters, or one part over and over. */
export const isGuessable = (secret: string): boolean =>
  new Set(secret).size < FEWEST_CHARACTERS || (secret + secret).indexOf(secret, 1) < secret.length;
