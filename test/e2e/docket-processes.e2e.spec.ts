import { randomUUID } from 'node:crypto';

import { docket, type DocketCommand, docketId } from '@tempore/dockets';
import { addDays, deriveId, type Instant, nameKey } from '@tempore/kernel';
import { claimsOfDocket, listNotices } from '@tempore/read-models';
import { aDocketContext, aStanding, filing } from '@tempore/testing';

import { startSystem, type System } from '../harness/system';
import { until } from '../stores';

let system: System;
beforeAll(async () => {
  system = await startSystem({ clock: 'simulated', reactor: true });
});
afterAll(() => system.stop());

const productLine = 'Gateway';

/** A customer's docket, with deals of partners that are called so here. */
const aDocket = () => {
  const accountId = randomUUID();
  const id = docketId(accountId, nameKey(productLine));
  const dealOf = (partner: string): string => deriveId('deal', accountId, partner);
  const tell = (partner: string, command: DocketCommand) => {
    const now = system.clock.now();
    const commandId = randomUUID();
    const meta = { commandId, requestHash: '', actor: randomUUID(), now, correlationId: commandId };
    const context = aDocketContext({ partner: aStanding(partner) });
    return system.stores.runner.run(docket, id, command, meta, context);
  };
  return {
    file: (partner: string) => tell(partner, filing(partner, { dealId: dealOf(partner), accountId, productLine })),
    tell: (partner: string, type: 'PickUpReview' | 'ApproveClaim') =>
      tell(partner, { type, data: { dealId: dealOf(partner) } }),
    statuses: async () => {
      const claims = await claimsOfDocket(system.stores.database, id);
      return claims.map(({ partnerId, status }) => [partnerId, status]);
    },
  };
};

const partnerId = (name: string): string => aStanding(name).partnerId;

const noticesTo = async (partner: string): Promise<string[]> => {
  const addressees = [{ kind: 'partner', id: partnerId(partner) } as const];
  const { items } = await listNotices(system.stores.database, { addressees }, { limit: 50 });
  return items.map(({ template }) => template).reverse();
};

const moveClock = (to: Instant) =>
  system.clock.move?.(to, { actor: randomUUID(), commandId: randomUUID(), requestHash: '' });

it('given an approved claim and one in line, when the window ends in silence, then the place is offered on, and both are told', async () => {
  const [holder, next] = [`holder ${randomUUID()}`, `next ${randomUUID()}`];
  const { file, tell, statuses } = aDocket();
  await file(holder);
  await tell(holder, 'PickUpReview');
  await tell(holder, 'ApproveClaim');
  const windowEnds = addDays(system.clock.now(), 90);
  // Filed at the same instant it would lapse in the queue when the window ends.
  await moveClock(addDays(system.clock.now(), 1));
  await file(next);
  await until(
    'the view shows one protected claim and one in line',
    async () =>
      JSON.stringify(await statuses()) ===
      JSON.stringify([
        [partnerId(holder), 'approved'],
        [partnerId(next), 'queued'],
      ]),
  );

  await moveClock(windowEnds);

  await until(
    'the place is offered on',
    async () =>
      JSON.stringify(await statuses()) ===
      JSON.stringify([
        [partnerId(holder), 'expired'],
        [partnerId(next), 'offered'],
      ]),
  );
  await until('both are told', async () => (await noticesTo(next)).includes('claim-offered'));
  expect(await noticesTo(holder)).toEqual(['claim-received', 'claim-approved', 'claim-expired']);
  // The clock went past both of its askings at once: it is asked once.
  expect(await noticesTo(next)).toEqual(['claim-queued', 'interest-asked', 'claim-offered']);
});
