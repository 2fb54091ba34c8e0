import { join } from 'node:path';

import { MailedLinks } from '@tempore/acts';
import { type Database as ReadSide, status } from '@tempore/projections';
import type { Logger } from 'pino';

import { REACTOR_LOCK } from '../../composition/src/followed-up';
import type { AppContext } from '../../composition/src/run-app';
import { readPlace } from '../../composition/src/place';
import { views } from '../../composition/src/views';
import { accountOpening } from './account-opening';
import { addressConfirmation } from './address-confirmation';
import { claimNotices } from './claim-notices';
import { dealRegistration } from './deal-registration';
import { docketSettling } from './docket-settling';
import { follow, type Following } from './follow';
import { asOnlyOne } from './only-one';
import { pause } from './pause';
import { personErasure } from './person-erasure';
import { perform } from './perform';
import { mailErasure } from './mail-erasure';
import { openMailer } from './mail/mailer';
import { noticeMail } from './notice-mail';
import type { Process } from './process';

const RETRY_MS = 1_000;

/**
 * Drives on what events leave to be done, as the one active reactor of the installation, until the process ends.
 * Throws where a process stands in another log.
 */
export const startReactor = async (context: AppContext): Promise<void> => {
  const { stores, lifetime, clock } = context;
  const logger = context.logger.child({ part: 'reactor' });
  const { eventStore, installationId, readSide } = stores;
  const { mail, dataDir, publicUrl } = context.settings;
  const mailFolder = join(dataDir, 'mail');
  const mailer = openMailer(mail, mailFolder);
  const processes: readonly Process[] = [
    accountOpening(stores, clock.now),
    personErasure(stores, clock.now),
    dealRegistration(stores, clock.now),
    docketSettling(stores, clock.now),
    claimNotices(stores, clock.now),
    mailErasure(stores, clock.now, mailFolder),
    addressConfirmation(stores, clock.now),
    noticeMail(stores, clock.now, {
      mailer,
      settings: mail,
      logger,
      links: new MailedLinks(stores.secrets),
      publicUrl,
    }),
  ];
  const following: Following = { eventStore, installationId, pool: readSide.pool, clock, logger };
  for (const { name } of processes) await readPlace(readSide.pool, { process: name, installationId });
  const stopping = new AbortController();
  const running = asOnlyOne(readSide.pool, REACTOR_LOCK, logger, stopping.signal, async (signal) => {
    await viewsAreThere(readSide, logger, signal);
    logger.info({ processes: processes.map(({ name }) => name) }, 'active');
    await Promise.all(
      processes.flatMap((process) => [
        insist(() => follow(process, following, signal), logger, signal),
        watch(process, following, signal),
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

/** Drives on what has been open for too long: at the start, and from time to time. */
const watch = async (
  { overdue, name, watchEveryMs }: Process,
  { logger, clock }: Pick<Following, 'logger' | 'clock'>,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    try {
      await clock.look?.();
      for (const work of await overdue()) await perform(work, logger, signal);
    } catch (error) {
      logger.error({ err: error, process: name }, 'the watchdog could not look');
    }
    await pause(watchEveryMs, signal);
  }
};
