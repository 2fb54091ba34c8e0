import { toInstant } from '@tempore/kernel';

import { aCustomer, aDeal, enrol } from '../harness/registrations';
import { type Caller, idOf } from '../harness/caller';
import { startSystem, type System } from '../harness/system';
import { expectDone, setStage, type Stage } from '../scenarios/stage';

/** A Monday in a year that no wall clock has reached: what pages say of time is the same in every run. */
const MORNING = toInstant(new Date('2031-03-03T09:00:00Z'));

/** An installation with a story that is worth looking at, on the simulated clock. */
export interface Story {
  readonly system: System;
  readonly stage: Stage;
  readonly northwind: { readonly id: string; readonly caller: Caller };
  readonly deals: Readonly<Record<'protected' | 'review' | 'question' | 'waitlisted' | 'offered' | 'draft', string>>;
  readonly stop: () => Promise<void>;
}

const usd = (dollars: number) => ({ oneTime: { minorUnits: dollars * 100, currency: 'USD' } });

export const tellStory = async (): Promise<Story> => {
  const system = await startSystem({ clock: 'simulated', reactor: true });
  const stage = await setStage(system);
  await stage.wait(MORNING);
  const northwind = await enrol(system, { tier: 'silver', name: 'Northwind Systems' });
  const fabrikam = await enrol(system, { tier: 'silver', name: 'Fabrikam Consulting' });

  const register = async ({ caller }: { readonly caller: Caller }, content: Readonly<Record<string, unknown>>) => {
    const firstTouch = {
      kind: 'meeting',
      at: '2031-02-12T10:00:00Z',
      counterpart: { name: 'Ada Lovelace' },
      documentId: await caller.handIn(),
    };
    const contacts = [{ name: 'Ada Lovelace', position: 'Head of IT', basis: 'legitimate-interest' }];
    const deal = { ...aDeal(''), firstTouch, contacts, estimatedClose: '2031-06-30', ...content };
    const id = idOf(expectDone(await caller.post('/v1/deals', deal)));
    expectDone(await caller.post(`/v1/deals/${id}/submission`));
    return id;
  };
  const customer = (name: string, domain: string) => ({ ...aCustomer(name), domain });

  const approved = await register(northwind, {
    customer: customer('Helvetia Logistik AG', 'helvetia-logistik.ch'),
    value: usd(15_000),
    ownReference: 'Branch renewal 2031',
  });
  const contoso = customer('Contoso AG', 'contoso.ch');
  await register(fabrikam, { customer: contoso, productLine: 'Sensor', value: usd(30_000) });
  const waitlisted = await register(northwind, { customer: contoso, productLine: 'Sensor', value: usd(20_000) });
  const rigi = customer('Rigi Bahnen AG', 'rigi-bahnen.ch');
  const first = await register(fabrikam, { customer: rigi, productLine: 'Edge', value: usd(60_000) });
  const offered = await register(northwind, { customer: rigi, productLine: 'Edge', value: usd(45_000) });
  await stage.wait({ days: 25 });
  expectDone(
    await northwind.caller.post(`/v1/deals/${approved}/touches`, {
      kind: 'demonstration',
      direction: 'two-way',
      happenedAt: '2031-03-10T13:00:00Z',
      counterpart: { name: 'Ada Lovelace' },
      evidence: [await northwind.caller.handIn('Invitation')],
    }),
  );
  expectDone(await northwind.caller.post(`/v1/deals/${approved}/stage`, { stage: 'proposing' }));
  expectDone(await fabrikam.caller.post(`/v1/deals/${first}/withdrawal`, { reason: 'The budget is gone' }));
  const review = await register(northwind, {
    customer: customer('Aare Wasserkraft AG', 'aare-wasserkraft.ch'),
    value: usd(165_000),
  });
  const question = await register(northwind, {
    customer: customer('Lac Léman Énergie SA', 'lac-leman-energie.ch'),
    value: usd(85_000),
  });
  expectDone(await stage.manager.post(`/v1/deals/${question}/review`));
  expectDone(
    await stage.manager.post(`/v1/deals/${question}/question`, {
      code: 'VALUE_UNCLEAR',
      text: 'How is the value made up: how much is hardware, how much is the first year’s service?',
    }),
  );
  const draft = idOf(
    expectDone(
      await northwind.caller.post('/v1/deals', {
        customer: customer('Engadin Spitäler', 'engadin-spitaeler.ch'),
        productLine: 'Gateway',
      }),
    ),
  );
  await stage.wait({ hours: 2 });
  return {
    system,
    stage,
    northwind,
    deals: { protected: approved, review, question, waitlisted, offered, draft },
    stop: () => system.stop(),
  };
};
