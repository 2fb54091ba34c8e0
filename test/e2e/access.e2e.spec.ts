import { randomUUID } from 'node:crypto';

import type { Reading } from '@tempore/access';
import { listEvents } from '@tempore/read-models';

import { Caller, idOf } from '../harness/caller';
import { type ActingPartner, aDeal, enrol } from '../harness/registrations';
import { startSystem, type System } from '../harness/system';

let system: System;
let partner: ActingPartner;
let documentId: string;
let draft: string;
let filed: string;

beforeAll(async () => {
  system = await startSystem();
  partner = await enrol(system);
  documentId = await partner.caller.handIn();
  draft = idOf(await partner.caller.post('/v1/deals', aDeal(documentId)));
  filed = idOf(await partner.caller.post('/v1/deals', aDeal(documentId)));
  expect((await partner.caller.post(`/v1/deals/${filed}/submission`)).status).toBe(201);
  await partner.caller.get(`/v1/deals/${filed}`).expect(200);
});
afterAll(() => system.stop());

/** Somebody of the vendor's, and their id. */
const somebody = async (role: 'channel-manager' | 'auditor' | 'finance') => {
  const id = randomUUID();
  const caller = new Caller(system.url, await system.tokenFor(role, { subject: id }));
  return { id, caller };
};

/** What of it who has read, as the log has it. */
const readingsOf = async (id: string) => {
  const { events } = await system.stores.eventStore.load(`access-${id}`);
  return events.map(({ data, metadata }) => ({
    of: (data as Reading).of,
    by: (metadata as { actor: string }).actor,
  }));
};

interface ShownDeal {
  readonly registration: { readonly contacts: readonly { readonly personId: string }[] };
}

describe('what leaves a record', () => {
  it('given a document, when somebody of the vendor’s looks at it, and opens it, then both are on record', async () => {
    const { id, caller } = await somebody('channel-manager');
    await caller.get(`/v1/documents/${documentId}`).expect(200);
    await caller.get(`/v1/documents/${documentId}/content`).expect(200);
    expect((await readingsOf(documentId)).filter(({ by }) => by === id)).toEqual([
      { of: 'document', by: id },
      { of: 'document-content', by: id },
    ]);
  });

  it('given a person, when somebody of the vendor’s reads them, by themselves or in a deal, then each time is on record', async () => {
    const { id, caller } = await somebody('channel-manager');
    const { body } = (await caller.get(`/v1/deals/${filed}`).expect(200)) as { body: ShownDeal };
    const personId = body.registration.contacts[0]?.personId ?? '';
    await caller.get(`/v1/people/${personId}`).expect(200);
    expect((await readingsOf(personId)).filter(({ by }) => by === id)).toEqual([
      { of: 'person', by: id },
      { of: 'person', by: id },
    ]);
  });

  it('given a draft, when an auditor sees it, in a list or alone, then each time is on record', async () => {
    const { id, caller } = await somebody('auditor');
    await caller.get(`/v1/deals/${draft}`).expect(200);
    await caller.get(`/v1/deals?partnerId=${partner.id}`).expect(200);
    expect((await readingsOf(draft)).filter(({ by }) => by === id)).toEqual([
      { of: 'draft', by: id },
      { of: 'draft', by: id },
    ]);
    expect((await readingsOf(filed)).filter(({ by }) => by === id)).toEqual([]);
  });

  it('given who may not see, or reads what is their own, then nothing is on record', async () => {
    const before = await Promise.all([documentId, draft].map(readingsOf));
    const { id, caller: finance } = await somebody('finance');
    await finance.get(`/v1/documents/${documentId}`).expect(403);
    const rival = await enrol(system);
    await rival.caller.get(`/v1/documents/${documentId}`).expect(404);
    await partner.caller.get(`/v1/documents/${documentId}/content`).expect(200);
    await partner.caller.get(`/v1/deals/${draft}`).expect(200);
    const { body } = (await finance.get(`/v1/deals/${filed}`).expect(200)) as { body: ShownDeal };
    const personId = body.registration.contacts[0]?.personId ?? '';
    expect((await readingsOf(personId)).filter(({ by }) => by === id)).toEqual([]);
    expect(await Promise.all([documentId, draft].map(readingsOf))).toEqual(before);
  });

  it('given what was read, then it takes no number of the sequence', async () => {
    const { events } = await listEvents(
      system.stores.database,
      { category: 'access' },
      { after: '0'.repeat(20), limit: 10 },
    );
    expect(events).toEqual([]);
    const { rows } = await system.stores.readSide.pool.query<{ last: string; count: string }>(
      'SELECT max(sequence) AS last, count(*) FROM rm.sequence',
    );
    expect(rows[0]?.last).toBe(rows[0]?.count);
  });
});
