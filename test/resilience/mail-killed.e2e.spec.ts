import { join } from 'node:path';

import { deriveId } from '@tempore/kernel';

import { giveNotice } from '../harness/give-notice';
import { type MailServer, startMailServer, type TakenMail } from '../harness/mail-server';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';
import { expectPoints, HOOK, orderDeath } from './points/death';
import { mailPoints } from './points/points';
import { superviseApp, type SupervisedApp } from './processes';

const MANAGER = { kind: 'role', id: 'channel-manager' } as const;

let server: MailServer;
let system: System;
let orders: string;
let reactor: SupervisedApp;
beforeAll(async () => {
  expectPoints();
  server = await startMailServer();
  system = await startSystem({
    environment: {
      TEMPORE_SMTP_URL: server.url,
      TEMPORE_MAIL_FROM: 'Tempore <register@tempore.example>',
      TEMPORE_MAIL_CHANNEL_MANAGER: 'channel@vendor.example',
    },
  });
  orders = join(system.settings.dataDir, 'order');
  reactor = superviseApp('reactor', { ...system.environment, RESILIENCE_POINT: orders }, [HOOK]);
});
afterAll(async () => {
  await reactor.stop();
  await system.stop();
  await server.stop();
});

/** The mails of a notice, which its own id names. */
const takenFor = (noticeId: string): readonly TakenMail[] => {
  const id = deriveId('mail', noticeId, `role/${MANAGER.id}`);
  return server.taken.filter(({ messageId }) => messageId === `<${id}@tempore.example>`);
};

const factsOf = async (noticeId: string): Promise<readonly string[]> => {
  const { events } = await system.stores.eventStore.load(`notice-${noticeId}`);
  return events.map(({ type }) => type);
};

/** It was given to be mailed, and nothing is left to be done for it. */
const isOver = async (noticeId: string): Promise<boolean> => {
  const { rowCount } = await system.stores.readSide.pool.query('SELECT FROM ops.mail_queue WHERE notice_id = $1', [
    noticeId,
  ]);
  return rowCount === 0 && (await factsOf(noticeId)).length > 1;
};

const [notSent, beforeRecord, recorded] = mailPoints;

describe('the reactor is killed while it mails a notice', () => {
  it.each([
    { point: notSent, taken: 1, where: 'before the mail server has the mail, then it is mailed once' },
    { point: beforeRecord, taken: 2, where: 'before it is on record that it was taken, then the same mail goes again' },
    { point: recorded, taken: 1, where: 'when it has just been put on record, then it is mailed once' },
  ])('given $where, and on record once', async ({ point, taken }) => {
    const dying = orderDeath(orders, point, 0);
    const noticeId = await giveNotice(system, MANAGER);
    expect(await dying).toBe(true);

    await until('the notice is mailed', () => isOver(noticeId));

    expect(await factsOf(noticeId)).toEqual(['notice-given', 'notice-mailed']);
    const mails = takenFor(noticeId);
    expect(mails).toHaveLength(taken);
    expect(new Set(mails.map(({ source }) => source)).size).toBe(1);
  });
});
