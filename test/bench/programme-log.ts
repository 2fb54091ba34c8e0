import { randomUUID } from 'node:crypto';

import { account } from '@tempore/accounts';
import { contentRef, deal, legacyDealId } from '@tempore/deals';
import { docket, type DocketCommand, docketId } from '@tempore/dockets';
import { CommandRunner, type EventStore } from '@tempore/event-store';
import { nameKey, parseDay, toInstant } from '@tempore/kernel';
import { notice } from '@tempore/notices';
import { partner } from '@tempore/partners';
import { aContent, aDocketContext, anOpening, aStanding, aTouch, filing } from '@tempore/testing';

import { type CompanyNames, companyNames } from '../../libs/read-models/test/company-names';
import { aSale } from '../harness/sales';
import { freshMeta } from './acting';

const AT_ONCE = 64;
/** A shorter story would be told to no end. */
const EVENTS_OF_STORY = 60;
const CUSTOMERS_OF_PARTNER = 5;
const LINES = ['Gateway', 'Sensor', 'Relay', 'Console'];

/** Puts one event more on record each time it is asked. */
type Story<End> = AsyncGenerator<unknown, End, undefined>;

/** A partner joins, opens customers and registers a deal of each product line with them; then the next. */
async function* programme(runner: CommandRunner, names: CompanyNames): Story<never> {
  for (;;) {
    const partnerId = randomUUID();
    const application = { legalName: names.next(), country: 'CH', website: null, source: null };
    yield runner.run(partner, partnerId, { type: 'ApplyAsPartner', data: application }, freshMeta(), {});
    yield runner.run(partner, partnerId, { type: 'ApprovePartner', data: { tier: 'silver' } }, freshMeta(), {});
    for (let number = 0; number < CUSTOMERS_OF_PARTNER; number++) {
      const accountId = randomUUID();
      yield* customer(runner, accountId, names);
      for (const productLine of LINES) {
        yield* registration(runner, { partnerId, accountId, productLine });
        const sale = aSale({ accountId, partnerId, productLine });
        yield runner.run(deal, legacyDealId(sale.source), { type: 'RecordLegacyDeal', data: sale }, freshMeta(), {});
      }
    }
  }
}

async function* customer(runner: CommandRunner, id: string, { next, written }: CompanyNames): Story<void> {
  const opening = anOpening({ legalName: next() });
  yield runner.run(account, id, { type: 'OpenAccount', data: opening }, freshMeta(), {});
  const alias = { name: written(opening.legalName), validFrom: toInstant(new Date()), validUntil: null };
  yield runner.run(account, id, { type: 'AddAccountAlias', data: alias }, freshMeta(), {});
}

interface Place {
  readonly partnerId: string;
  readonly accountId: string;
  readonly productLine: string;
}

/** Drafted, revised, filed, picked up, approved, touched, further on, with a notice to the partner. */
async function* registration(runner: CommandRunner, { partnerId, accountId, productLine }: Place): Story<void> {
  const dealId = randomUUID();
  const said = { productLine, estimatedClose: parseDay('2099-12-31') };
  const draft = { partnerId, content: aContent({ ...said, businessProblem: 'To be told' }) };
  yield runner.run(deal, dealId, { type: 'DraftDeal', data: draft }, freshMeta(), {});
  const change = aContent(said);
  const { events } = await runner.run(deal, dealId, { type: 'ReviseDeal', data: { change } }, freshMeta(), {});
  yield;
  const content = contentRef(events[0]?.id ?? '', change);
  const id = docketId(accountId, nameKey(productLine));
  const tellDocket = (command: DocketCommand): Promise<unknown> => {
    const meta = freshMeta();
    const context = aDocketContext({ ...meta, partner: aStanding('', { partnerId, group: partnerId }) });
    return runner.run(docket, id, command, meta, context);
  };
  yield tellDocket(filing('', { dealId, accountId, productLine, content }));
  const submission = { docketId: id, accountId, content };
  yield runner.run(deal, dealId, { type: 'RecordSubmission', data: submission }, freshMeta(), {});
  yield giveNotice(runner, partnerId, dealId);
  yield tellDocket({ type: 'PickUpReview', data: { dealId } });
  yield tellDocket({ type: 'ApproveClaim', data: { dealId } });
  yield tellDocket({ type: 'RecordTouch', data: { dealId, touch: aTouch({ touchId: randomUUID() }) } });
  const rights = { amend: [], reportStage: true, question: null };
  yield runner.run(deal, dealId, { type: 'ReportStage', data: { stage: 'proposing' } }, freshMeta(), { rights });
}

const giveNotice = (runner: CommandRunner, partnerId: string, dealId: string): Promise<unknown> => {
  const data = {
    addressee: { kind: 'partner', id: partnerId },
    template: 'claim-queued',
    templateVersion: 1,
    parameters: { dealId },
    subject: `deal/${dealId}`,
    eventId: randomUUID(),
  } as const;
  return runner.run(notice, randomUUID(), { type: 'GiveNotice', data }, freshMeta(), {});
};

/** Has a programme of many partners at once go on for so many events. */
export const goOn = async (store: EventStore, events: number, atOnce = AT_ONCE): Promise<void> => {
  const runner = new CommandRunner(store, { cachedBytes: 20_000 * atOnce });
  const names = companyNames(events);
  let left = events;
  const work = async (): Promise<void> => {
    const story = programme(runner, names);
    while (left-- > 0) await story.next();
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, Math.ceil(events / EVENTS_OF_STORY)) }, work));
};
