import { isOutage, type Left } from '@tempore/acts';
import { Refusal } from '@tempore/kernel';
import type { Logger } from 'pino';

import { pause } from './pause';

const TRIES = 5;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 1_000;

/**
 * Does a piece of work. What fails is tried again, and then left to the watchdog, so that one thing that cannot be
 * done holds up nothing else. While a store is away nothing can be done, so nothing is left.
 */
export const perform = async ({ run, about }: Left, logger: Logger, signal: AbortSignal): Promise<void> => {
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
      const goesOn = tries < TRIES || isOutage(error);
      logger.error({ err: error, about, tries }, goesOn ? 'failed, trying again' : 'left to the watchdog');
      if (!goesOn) return;
      await pause(Math.min(FIRST_RETRY_MS * 2 ** (tries - 1), LONGEST_RETRY_MS), signal);
    }
  }
};
