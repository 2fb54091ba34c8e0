import pino, { destination, type Logger } from 'pino';

import type { Settings } from '@tempore/settings';

/** Injection token of the process's logger. */
export const LOGGER = Symbol('LOGGER');

/** What a driver hangs on its errors: what somebody sent, which has no place in a log. */
const SECRET = ['err.parameters', 'err.query', 'err.driverError', 'err.detail', 'err.where'];

/** JSON lines on standard error, so that standard output stays for what a command answers. */
export const createLogger = ({ logLevel }: Pick<Settings, 'logLevel'>, app: string): Logger =>
  pino(
    { level: logLevel, base: { app }, timestamp: pino.stdTimeFunctions.isoTime, redact: SECRET },
    destination({ dest: 2, sync: true }),
  );
