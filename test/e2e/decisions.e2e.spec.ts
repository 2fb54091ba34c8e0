import { randomUUID } from 'node:crypto';

import { account } from '@tempore/accounts';
import { deal } from '@tempore/deals';
import { docket } from '@tempore/dockets';
import { listEvents, listOpenRegistrations } from '@tempore/read-models';
import { aDocketContext } from '@tempore/testing';

import { type Caller, idOf } from '../harness/caller';
import { aCustomer, aDeal, enrol } from '../harness/registrations';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';

let system: System;
let manager: Caller;
beforeAll(async () => {
  system = await startSystem({ reactor: true });
  manager = await system.as('channel-manager');
});
afterAll(() => system.stop());

const silver = async () => {
  const { id, caller } = await enrol(system, { tier: 'silver' });
  return { id, caller, documentId: await caller.handIn() };
};
const worth = (units: number) => ({ oneTime: { minorUnits: units * 100, currency: 'USD' } });

/** How a docket decided about a deal, as the log has it. */
const decisionsOn = async (dealId: string) => {
  const { events } = await listEvents(
    system.stores.database,
    { dealId, category: 'docket' },
    { after: '0'.repeat(20), limit: 100 },
  );
  return events;
};

/** The entry of a list, with whatever else it shows. */
const listed = async (who: Caller, path: string, entry: Readonly<Record<string, string>>) => {
  const answer = await who.get(`${path}?limit=500`).expect(200);
  const { items } = answer.body as { items: readonly Readonly<Record<string, unknown>>[] };
  return items.find((item) => Object.entries(entry).every(([field, value]) => item[field] === value));
};

describe('what a rule approves', () => {
  it('given a form with three lines of 49,999, when it is registered, then a person has to look at each', async () => {
    const { caller, documentId } = await silver();
    const { customer, contacts, estimatedClose, businessProblem, firstTouch } = aDeal(documentId);
    const shared = { customer, contacts, estimatedClose, businessProblem, firstTouch };
    const lines = ['Gateway', 'Sensor', 'Edge'].map((productLine) => ({
      productLine,
      type: 'new',
      value: worth(49_999),
    }));
    const { registrations } = (await caller.post('/v1/registrations', { ...shared, lines })).body as {
      registrations: readonly { dealId: string; standing: { status: string } }[];
    };
    expect(registrations.map(({ standing }) => standing.status)).toEqual(['submitted', 'submitted', 'submitted']);
  });

  it('given three forms of one line for one customer, when they come one after another, then what was approved counts for the next', async () => {
    const { caller, documentId } = await silver();
    const customer = aCustomer();
    const file = async (productLine: string): Promise<unknown> => {
      const deal = aDeal(documentId, { customer, productLine, value: worth(20_000) });
      const id = idOf(await caller.post('/v1/deals', deal));
      const { standing } = (await caller.post(`/v1/deals/${id}/submission`)).body as { standing: { status: string } };
      return standing.status;
    };
    expect(await file('Gateway')).toBe('approved');
    expect(await file('Sensor')).toBe('approved');
    expect(await file('Edge')).toBe('submitted');
  });

  it('given two partners who file for one customer at once, ten times, then who was first is approved each time', async () => {
    const rivals = [await silver(), await silver()];
    const standings = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const customer = aCustomer();
        const drafts = await Promise.all(
          rivals.map(async ({ caller, documentId }) => ({
            caller,
            id: idOf(await caller.post('/v1/deals', aDeal(documentId, { customer, value: worth(20_000) }))),
          })),
        );
        const filed = await Promise.all(
          drafts.map(async ({ caller, id }) => (await caller.post(`/v1/deals/${id}/submission`)).body as unknown),
        );
        return (filed as { standing: { status: string } }[]).map(({ standing }) => standing.status).sort();
      }),
    );
    expect(standings).toEqual(standings.map(() => ['approved', 'queued']));
  });

  it('given a rule’s approval, then the rule is its actor, and every decision names the policy that it used', async () => {
    const { caller, documentId } = await silver();
    const id = idOf(await caller.post('/v1/deals', aDeal(documentId, { value: worth(20_000) })));
    await caller.post(`/v1/deals/${id}/submission`);
    await until('the sequence has the approval', async () =>
      (await decisionsOn(id)).some(({ type }) => type === 'claim-approved'),
    );
    const [filed, approved] = await decisionsOn(id);
    expect(filed).toMatchObject({ type: 'claim-filed', data: { project: { lines: { minorUnits: 2_000_000 } } } });
    expect(approved).toMatchObject({
      type: 'claim-approved',
      actor: 'rule/small-and-clear',
      data: { rule: 'small-and-clear', projectValue: { minorUnits: 2_000_000 } },
    });
    const { events } = await system.stores.eventStore.load(approved?.stream ?? '');
    expect(events.map(({ metadata }) => metadata)).toEqual([
      expect.objectContaining({ policyVersion: 1 }),
      expect.objectContaining({ policyVersion: 1 }),
    ]);
  });
});

it('given a rehearsal, then it names the policy that it was judged by', async () => {
  const { caller, documentId } = await silver();
  const id = idOf(await caller.post('/v1/deals', aDeal(documentId)));
  await caller.post(`/v1/deals/${id}/submission?dryRun=true`);
  const { events } = await system.stores.eventStore.load(`deal-${id}`);
  expect(events.map(({ type, metadata }) => [type, metadata])).toEqual([
    ['deal-drafted', expect.not.objectContaining({ policyVersion: 1 })],
    ['submission-rehearsed', expect.objectContaining({ policyVersion: 1 })],
  ]);
});

describe('an amendment of what a rule has approved', () => {
  const approvedByRule = async () => {
    const { caller, documentId } = await silver();
    const id = idOf(await caller.post('/v1/deals', aDeal(documentId, { value: worth(20_000) })));
    await caller.post(`/v1/deals/${id}/submission`);
    const amend = (units: number) => caller.post(`/v1/deals/${id}/amendments`, { value: worth(units) });
    return { caller, id, amend };
  };

  it('given a value at the rule’s limit, then it waits for a person, and lists show it beside the old one', async () => {
    const { caller, id, amend } = await approvedByRule();
    const amended = await amend(50_000);
    expect(amended.body).toMatchObject({ standing: { status: 'approved', next: 'vendor-looks-at-amendment' } });

    const shown = { value: { minorUnits: 2_000_000 }, amendedValue: { minorUnits: 5_000_000, currency: 'USD' } };
    expect(await listed(caller, '/v1/deals', { id })).toMatchObject(shown);
    await until('the vendor sees both', async () => {
      const claim = await listed(manager, '/v1/reviews', { dealId: id });
      return claim?.['amendedValue'] !== null && claim?.['amendmentPending'] === true;
    });
    expect(await listed(manager, '/v1/reviews', { dealId: id })).toMatchObject(shown);

    await manager.post(`/v1/deals/${id}/amendment/approval`);
    expect(await listed(manager, '/v1/deals', { id })).toMatchObject({ value: shown.amendedValue, amendedValue: null });
  });

  it('given a value below the minimum, then it is refused, and nothing was said', async () => {
    const { caller, id, amend } = await approvedByRule();
    const refused = await amend(4_999);
    expect([refused.status, refused.body]).toEqual([
      409,
      expect.objectContaining({
        code: 'BELOW_MINIMUM',
        facts: expect.objectContaining({ minimum: worth(5_000).oneTime }) as object,
      }),
    ]);
    const { state } = await system.stores.runner.read(deal, id);
    expect('statements' in state && state.statements).toHaveLength(1);
    expect((await caller.post(`/v1/deals/${id}/amendments`, { value: worth(5_000) })).status).toBe(200);
  });
});

describe('a confirmed win', () => {
  /** A deal that was won, with what its partner and another one then file for the same customer. */
  const wonDeal = async () => {
    const { id: partnerId, caller, documentId } = await silver();
    const customer = aCustomer();
    const value = { annualRecurring: { minorUnits: 2_000_000, currency: 'USD' }, termMonths: 24 };
    const id = idOf(await caller.post('/v1/deals', aDeal(documentId, { customer, value })));
    await caller.post(`/v1/deals/${id}/submission`);
    await caller.post(`/v1/deals/${id}/outcome`, { outcome: 'won', closedOn: '2026-01-05' });
    const confirm = () => manager.post(`/v1/deals/${id}/win/confirmation`);
    const file = async (who: Caller, type: string, documents = documentId) => {
      const dealId = idOf(await who.post('/v1/deals', aDeal(documents, { customer, type })));
      return who.post(`/v1/deals/${dealId}/submission`);
    };
    return { id, partnerId, caller, confirm, file };
  };

  it('given it, then the customer is an existing one of the line from that answer on, and the winner goes on with an upsell', async () => {
    const { caller, confirm, file } = await wonDeal();
    expect((await confirm()).body).toMatchObject({ standing: { status: 'won' } });
    const rival = await silver();
    expect((await file(rival.caller, 'new', rival.documentId)).body).toMatchObject({
      code: 'FILING_NOT_VALID',
      facts: { failing: [{ code: 'EXISTING_CUSTOMER', mayChangeAt: '2028-01-05T00:00:00.000Z' }] },
    });
    expect((await file(caller, 'upsell')).body).toMatchObject({ receipt: { place: 'held' } });
  });

  it('given one whose process died before the customer knew, then the reactor goes on with it', async () => {
    const { id, partnerId } = await wonDeal();
    const { runner, database } = system.stores;
    const { state } = await runner.read(deal, id);
    if (!('docketId' in state)) throw new Error('The deal was not filed');
    const meta = { commandId: randomUUID(), requestHash: '', actor: randomUUID(), correlationId: randomUUID() };
    const command = { type: 'ConfirmWin', data: { dealId: id } } as const;
    await runner.run(docket, state.docketId, command, { ...meta, now: system.clock.now() }, aDocketContext());

    await until('the customer has the line', async () => {
      const { state: customer } = await runner.read(account, state.accountId);
      return customer.status === 'open' && customer.facts.terms.get(id)?.term.partnerOfRecord === partnerId;
    });
    await until('nothing is left to do', async () => {
      const open = await listOpenRegistrations(database, '9999-01-01T00:00:00.000Z', 100);
      return !open.some(({ dealId }) => dealId === id);
    });
  });
});
