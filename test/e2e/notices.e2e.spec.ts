import type { Addressee } from '@tempore/notices';
import type { Response } from 'supertest';

import { giveNotice } from '../harness/give-notice';
import { enrol } from '../harness/registrations';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

interface Listed {
  readonly items: readonly { readonly id: string; readonly title: string; readonly acknowledgedAt: string | null }[];
  readonly next: string | null;
}
const listed = ({ body }: Response): Listed => body as Listed;
const idsIn = (response: Response): string[] => listed(response).items.map(({ id }) => id);

const give = (addressee: Addressee): Promise<string> => giveNotice(system, addressee);

it('given notices to a partner, when its people page through the inbox, then the newest comes first, in words', async () => {
  const { id: partnerId } = await enrol(system);
  const partner = await system.as('partner-user', partnerId);
  const first = await give({ kind: 'partner', id: partnerId });
  const second = await give({ kind: 'partner', id: partnerId });
  await until('both are shown', async () => idsIn(await partner.get('/v1/inbox')).length === 2);

  const page = await partner.get('/v1/inbox?limit=1').expect(200);
  expect(listed(page).items).toMatchObject([
    { id: second, title: 'Your registration is queued', template: 'claim-queued' },
  ]);
  const rest = await partner.get(`/v1/inbox?limit=1&cursor=${listed(page).next ?? ''}`).expect(200);
  expect(idsIn(rest)).toEqual([first]);
  expect(listed(rest).next).toBeNull();
});

it('given a notice, when it is acknowledged twice, then it is on record once and no longer unread', async () => {
  const { id: partnerId } = await enrol(system);
  const partner = await system.as('partner-admin', partnerId);
  const id = await give({ kind: 'partner', id: partnerId });

  const answer = await partner.post(`/v1/inbox/${id}/acknowledgement`);
  expect(answer.body).toMatchObject({ id, events: [{ type: 'notice-acknowledged' }] });
  expect((await partner.post(`/v1/inbox/${id}/acknowledgement`)).body).toMatchObject({ events: [] });

  expect(idsIn(await partner.get('/v1/inbox?unread=true').expect(200))).toEqual([]);
  expect(idsIn(await partner.get('/v1/inbox?unread=false').expect(200))).toEqual([id]);
  const shown = await partner.get(`/v1/inbox/${id}`).expect(200);
  expect(shown.body).toMatchObject({ id, acknowledgedAt: expect.any(String) as string });
});

it('given a notice to one partner, when another one asks for it, then there is no such notice', async () => {
  const { id: partnerId } = await enrol(system);
  const id = await give({ kind: 'partner', id: partnerId });
  const own = await system.as('partner-user', partnerId);
  await until('it is shown', async () => idsIn(await own.get('/v1/inbox')).length === 1);

  for (const other of [(await enrol(system)).caller, await system.as('channel-manager')]) {
    expect(idsIn(await other.get('/v1/inbox').expect(200))).not.toContain(id);
    expect((await other.get(`/v1/inbox/${id}`)).body).toMatchObject({ status: 404, code: 'NOTICE_NOT_FOUND' });
    expect((await other.post(`/v1/inbox/${id}/acknowledgement`)).status).toBe(404);
  }
});

it('given a notice to a role, when somebody asks who holds it, then they see it, and no one else does', async () => {
  const id = await give({ kind: 'role', id: 'finance' });
  const finance = await system.as('finance');
  await until('it is shown', async () => idsIn(await finance.get('/v1/inbox')).includes(id));
  await (await system.as('arbiter')).get(`/v1/inbox/${id}`).expect(404);
});

it('given a filter that says nothing, when the inbox is asked, then the answer names the field', async () => {
  const refused = await (await system.as('auditor')).get('/v1/inbox?unread=maybe').expect(400);
  expect(refused.body).toMatchObject({ errors: [{ field: 'unread' }] });
});
