import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type NoticeEvent, notice } from '@tempore/notices';
import { listNotices } from '@tempore/read-models';

import { type Caller, idOf } from '../harness/caller';
import { confirmAddress } from '../harness/confirm-address';
import { giveNotice } from '../harness/give-notice';
import { type MailServer, startMailServer } from '../harness/mail-server';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';

const VENDOR = { kind: 'role', id: 'channel-manager' } as const;

/** A partner whose people have these addresses, and have confirmed them. */
const aPartner = async (system: System, manager: Caller, ...emails: readonly string[]): Promise<string> => {
  const partnerId = idOf(await manager.post('/v1/partners', { legalName: `Northwind ${randomUUID()}`, country: 'DE' }));
  await manager.post(`/v1/partners/${partnerId}/approval`);
  for (const email of emails) {
    const joined = await manager.post(`/v1/partners/${partnerId}/people`, { name: 'Ann Example', email });
    expect([joined.status, JSON.stringify(joined.body).includes(email)]).toEqual([201, false]);
    const { factId: personId } = joined.body as { factId: string };
    await confirmAddress(system, partnerId, personId);
  }
  return partnerId;
};

const mailOf = async ({ stores }: System, noticeId: string): Promise<readonly string[]> => {
  const { state } = await stores.runner.read(notice, noticeId);
  return state.status === 'none' ? [] : [...state.mail.values()];
};

const recorded = (system: System, noticeId: string, ...mail: readonly string[]): Promise<void> =>
  until(
    `it is ${mail.join(', ')}`,
    async () => JSON.stringify(await mailOf(system, noticeId)) === JSON.stringify(mail),
  );

describe('given a mail server', () => {
  let server: MailServer;
  let system: System;
  let manager: Caller;
  beforeAll(async () => {
    server = await startMailServer();
    const environment = {
      TEMPORE_SMTP_URL: server.url,
      TEMPORE_MAIL_FROM: 'Tempore <register@tempore.example>',
      TEMPORE_MAIL_CHANNEL_MANAGER: 'channel@vendor.example',
    };
    system = await startSystem({ reactor: true, environment });
    manager = await system.as('channel-manager');
  });
  afterAll(async () => {
    await system.stop();
    await server.stop();
  });
  const takenFor = (to: string) =>
    server.taken.filter((mail) => mail.to === to && !mail.source.includes('Subject: Is this your address?'));

  it('when a notice stands, then it is mailed to each of the partner’s people, and to the mailbox of a role', async () => {
    const id = await aPartner(system, manager, 'ann@partner.example', 'bob@partner.example');
    await recorded(system, await giveNotice(system, { kind: 'partner', id }), 'mailed', 'mailed');
    const [toAnn] = takenFor('ann@partner.example');
    expect(toAnn?.source).toContain('Subject: Your registration is queued');
    expect(toAnn?.messageId).not.toBe(takenFor('bob@partner.example')[0]?.messageId);

    await recorded(system, await giveNotice(system, VENDOR), 'mailed');
    expect(takenFor('channel@vendor.example')).toHaveLength(1);
  });

  it('when an answer is lost after the mail was taken, then it is sent again as the same mail', async () => {
    const id = await aPartner(system, manager, 'lost@partner.example');
    await recorded(system, await giveNotice(system, { kind: 'partner', id }), 'mailed');
    const [first, second] = takenFor('lost@partner.example');
    expect(second?.source).toBe(first?.source);
    expect(first?.messageId).toMatch(/^<[0-9a-f-]{36}@tempore\.example>$/);
  });

  it('when a mail is refused for good, then that is on record without the address, and channel managers are told', async () => {
    const id = await aPartner(system, manager, 'unknown@partner.example');
    const noticeId = await giveNotice(system, { kind: 'partner', id });
    await recorded(system, noticeId, 'bounced');
    const { events } = await system.stores.eventStore.load(`notice-${noticeId}`);
    const bounced: NoticeEvent['type'] = 'notice-bounced';
    expect(events.at(-1)).toMatchObject({ type: bounced, data: { reason: '550 5.1.1' } });
    await until('channel managers are told', async () => {
      const { items } = await listNotices(system.stores.database, { addressees: [VENDOR] }, { limit: 50 });
      return items.some(({ template, subject }) => template === 'mail-bounced' && subject === `notice/${noticeId}`);
    });
  });

  it('when a person was forgotten, then the notice stands in the inbox and is mailed to the others alone', async () => {
    const id = await aPartner(system, manager, 'gone@partner.example', 'here@partner.example');
    const { body } = (await manager.get(`/v1/partners/${id}/people`)) as { body: { people: { personId: string }[] } };
    const [gone] = body.people;
    expect((await manager.post(`/v1/people/${gone?.personId ?? ''}/erasure`, { reason: 'asked by mail' })).status).toBe(
      200,
    );
    await recorded(system, await giveNotice(system, { kind: 'partner', id }), 'mailed');
    expect(takenFor('gone@partner.example')).toEqual([]);
  });
});

describe('given no mail server', () => {
  let system: System;
  let folder: string;
  beforeAll(async () => {
    system = await startSystem({ reactor: true });
    folder = join(system.settings.dataDir, 'mail');
  });
  afterAll(() => system.stop());

  const mailsTo = (personId: string): readonly string[] => readdirSync(join(folder, 'person', personId));
  const peopleOf = async (manager: Caller, partnerId: string): Promise<readonly string[]> => {
    const { body } = (await manager.get(`/v1/partners/${partnerId}/people`)) as {
      body: { people: { personId: string }[] };
    };
    return body.people.map(({ personId }) => personId);
  };

  it('when a notice stands, then its mail lies in a folder of whoever it is to', async () => {
    const manager = await system.as('channel-manager');
    const id = await aPartner(system, manager, 'ann@partner.example');
    await recorded(system, await giveNotice(system, { kind: 'partner', id }), 'mailed');
    const [ann = ''] = await peopleOf(manager, id);
    const [file = ''] = mailsTo(ann);
    expect(file).toMatch(/\.eml$/);
    expect(readFileSync(join(folder, 'person', ann, file), 'utf8')).toContain('To: ann@partner.example');
  });

  it('when a person is forgotten, then the mails to them go, and those to others stay', async () => {
    const manager = await system.as('channel-manager');
    const id = await aPartner(system, manager, 'gone@partner.example', 'here@partner.example');
    await recorded(system, await giveNotice(system, { kind: 'partner', id }), 'mailed', 'mailed');
    const [gone = '', here = ''] = await peopleOf(manager, id);
    expect([mailsTo(gone).length, mailsTo(here).length]).toEqual([1, 1]);
    await manager.post(`/v1/people/${gone}/erasure`, { reason: 'asked by mail' });
    await until('the mail is gone', () => Promise.resolve(!existsSync(join(folder, 'person', gone))));
    expect(mailsTo(here)).toHaveLength(1);
  });
});
