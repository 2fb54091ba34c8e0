import pino, { destination, type Logger } from 'pino';

import type { Settings } from '@tempore/settings';

/** Injection token of the process's logger. */
export const LOGGER = Symbol('LOGGER');

/** JSON lines on standard error, so that standard output stays for what a command answers. */
export const createLogger = ({ logLevel }: Pick<Settings, 'logLevel'>, app: string): Logger =>
  pino(
    { level: logLevel, base: { app }, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ dest: 2, sync: true }),
  );
