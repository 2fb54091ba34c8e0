import { join } from 'node:path';

import {
  type Left,
  leftBefore,
  MailedLinks,
  type Process,
  processes,
  type Surroundings,
  type Timers,
} from '@tempore/acts';
import type { Instant } from '@tempore/kernel';
import { type Database as ReadSide, status } from '@tempore/projections';
import type { Logger } from 'pino';

import type { Clock } from '../../composition/src/clock';
import { REACTOR_LOCK } from '../../composition/src/followed-up';
import type { AppContext } from '../../composition/src/run-app';
import { readPlace } from '../../composition/src/place';
import { views } from '../../composition/src/views';
import { follow, type Following } from './follow';
import { openMailer } from './mail/mailer';
import { mailsBy } from './mail/mails';
import { asOnlyOne } from './only-one';
import { pause } from './pause';
import { perform } from './perform';

/** How much of what is due is let happen at a time. */
const DUE_AT_ONCE = 200;
const RETRY_MS = 1_000;

/**
 * Drives on what events leave to be done, as the one active reactor of the installation, until the process ends.
 * Throws where a process stands in another log.
 */
export const startReactor = async (context: AppContext): Promise<void> => {
  const { stores, lifetime, clock } = context;
  const logger = context.logger.child({ part: 'reactor' });
  const { installationId, readSide } = stores;
  const { mail, dataDir, publicUrl } = context.settings;
  const folder = join(dataDir, 'mail');
  const mailer = openMailer(mail, folder);
  const links = new MailedLinks(stores.secrets);
  const mails = mailsBy(stores, clock.now, { mailer, folder, settings: mail, logger, links, publicUrl });
  const surroundings: Surroundings = {
    ...stores,
    mails,
    clock: clock.now,
    leftBefore: () => leftBefore(clock.now(), clock.move !== undefined),
  };
  const following: Following = { surroundings, installationId, pool: readSide.pool, clock, logger };
  for (const { name } of processes) await readPlace(readSide.pool, { process: name, installationId });
  const stopping = new AbortController();
  const running = asOnlyOne(readSide.pool, REACTOR_LOCK, logger, stopping.signal, async (signal) => {
    await viewsAreThere(readSide, logger, signal);
    logger.info({ processes: processes.map(({ name }) => name) }, 'active');
    await Promise.all(
      processes.flatMap((process) => [
        insist(() => follow(process, following, signal), logger, signal),
        ...watches(process, surroundings, clock.now).map((looks) => watch(looks, following, signal)),
      ]),
    );
  });
  lifetime.add('reactor', stopping, (one) => {
    one.abort();
    return running;
  });
};

/** What is overdue is asked of the views, and on a new database a projector makes them first. */
const viewsAreThere = async (readSide: ReadSide, logger: Logger, signal: AbortSignal): Promise<void> => {
  for (let waits = false; !signal.aborted; waits = true) {
    const there = new Set((await status(readSide)).filter(({ live }) => live).map(({ view }) => view));
    if (views.every(({ name }) => there.has(name))) return;
    if (!waits) logger.info('waits for a projector to make the views');
    await pause(RETRY_MS, signal);
  }
};

/** Begins again whenever following the log fails, from the place that was kept. */
const insist = async (work: () => Promise<void>, logger: Logger, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      logger.error({ err: error }, 'interrupted');
    }
    await pause(RETRY_MS, signal);
  }
};

interface Watch {
  readonly process: string;
  readonly everyMs: number;
  readonly look: () => Promise<readonly Left[]>;
}

/** A process looks from time to time for what falls due by itself, and for what has been open for too long. */
const watches = ({ name, timers, watchdog }: Process, surroundings: Surroundings, now: Clock): readonly Watch[] => [
  ...(timers ? [{ process: name, everyMs: timers.everyMs, look: () => dueBy(timers, surroundings, now()) }] : []),
  ...(watchdog ? [{ process: name, everyMs: watchdog.everyMs, look: () => watchdog.overdue(surroundings) }] : []),
];

const dueBy = async (timers: Timers, surroundings: Surroundings, now: Instant): Promise<readonly Left[]> =>
  (await timers.due(surroundings, now, DUE_AT_ONCE)).map(({ at, about, run }) => ({
    about: { ...about, at },
    run: () => run(now),
  }));

/** At the start, and from time to time. */
const watch = async (
  { process, everyMs, look }: Watch,
  { logger, clock }: Pick<Following, 'logger' | 'clock'>,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    try {
      await clock.look?.();
      for (const left of await look()) await perform(left, logger, signal);
    } catch (error) {
      logger.error({ err: error, process }, 'the watchdog could not look');
    }
    await pause(everyMs, signal);
  }
};
