import { Refusal } from '@tempore/kernel';
import type { Logger } from 'pino';

import { pause } from './pause';
import type { Work } from './process';

const TRIES = 5;
const FIRST_RETRY_MS = 100;

/**
 * Does a piece of work. What fails is tried again, and then left to the watchdog, so that one thing that cannot be
 * done holds up nothing else.
 */
export const perform = async ({ run, about }: Work, logger: Logger, signal: AbortSignal): Promise<void> => {
  for (let tries = 1; !signal.aborted; tries++) {
    try {
      await run();
      return;
    } catch (error) {
      // What is refused for now, as by a vault whose database is away, is work all the same.
      if (error instanceof Refusal && error.kind !== 'unavailable') {
        logger.info({ about, code: error.code }, 'nothing to do');
        return;
      }
      logger.error({ err: error, about, tries }, tries < TRIES ? 'failed, trying again' : 'left to the watchdog');
      if (tries === TRIES) return;
      await pause(FIRST_RETRY_MS * 2 ** (tries - 1), signal);
    }
  }
};
