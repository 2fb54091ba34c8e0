import { docketId, type DocketCommand } from '@tempore/dockets';
import { addDays, deriveId, type Instant } from '@tempore/kernel';
import { aStanding, dealOf, filing, docketHistory, NOW, told, usd } from '@tempore/testing';

import { MemoryLog } from '../../../projections/test/memory-log';
import { freshReadSide, type ReadSide } from '../../test/projected';
import { sequenceView } from '../sequence/sequence.view';
import { claimsView } from './claims.view';
import { VALUE_BEFORE_FILING, valueOfGroup, valuesOfPartner } from './values.query';

let readSide: ReadSide;
beforeAll(async () => {
  readSide = await freshReadSide();
});
afterAll(() => readSide.drop());

const accountId = deriveId('account', 'contoso');
const { partnerId, group } = aStanding('northwind');
const formId = deriveId('form', '1');
const lines = ['Gateway', 'Sensor', 'Edge', 'Cloud', 'Audit'] as const;
const dealId = (line: string) => dealOf('northwind', lines.indexOf(line as 'Gateway') + 1);
const elsewhere = (line: string) => ({ accountId, notOn: docketId(accountId, line), currency: 'USD' });

/** A docket of the customer on which northwind files, and what happens to the claim. */
const onLine = (
  productLine: (typeof lines)[number],
  units: number,
  now: Instant,
  { form, after = [] }: { form?: string; after?: readonly (readonly [Instant, DocketCommand])[] } = {},
) => {
  const data = { dealId: dealId(productLine), accountId, productLine, amounts: [usd(units)] };
  const file = filing('northwind', { ...data, form: form === undefined ? null : { id: form, others: [] } });
  const history = docketHistory([
    told(now, 'northwind', file),
    ...after.map(([at, command]) => told(at, 'northwind', command)),
  ]);
  return history.map(({ type, data: said, recorded }) => ({
    ...{ stream: `docket-${docketId(accountId, productLine)}`, type, data: said },
    at: recorded?.recordedAt ?? now,
  }));
};

const later = addDays(NOW, 1);
const approve = (line: string): DocketCommand => ({ type: 'ApproveClaim', data: { dealId: dealId(line) } });
const pickUp = (line: string): DocketCommand => ({ type: 'PickUpReview', data: { dealId: dealId(line) } });
const amend = (line: string, units: number): DocketCommand => ({
  type: 'AmendClaim',
  data: {
    ...{ dealId: dealId(line), content: { eventId: deriveId('content', line), hash: 'a'.repeat(64) } },
    ...{ amounts: [usd(units)], changed: ['value'], elsewhere: { live: usd(0), approved: usd(0) } },
  },
});

it('given claims of a group on a customer, then what was filed before a claim and lived then counts for it, and nothing later', async () => {
  const withdraw: DocketCommand = { type: 'WithdrawClaim', data: { dealId: dealId('Sensor'), reason: 'Wrong line' } };
  const log = new MemoryLog();
  const [gateway, sensor, edge, cloud] = [
    onLine('Gateway', 10_000, NOW),
    onLine('Sensor', 20_000, NOW, { after: [[later, withdraw]] }),
    onLine('Edge', 40_000, NOW, { form: formId }),
    onLine('Cloud', 80_000, NOW, { form: formId }),
  ] as const;
  const append = (events: ReturnType<typeof onLine>) =>
    events.forEach(({ stream, type, data, at }) => log.append(stream, type, data, at));
  append(gateway);
  append(sensor.slice(0, 1));
  append(edge);
  append(cloud);
  append(sensor.slice(1));
  append(onLine('Audit', 160_000, later));
  await readSide.projected([claimsView, sequenceView], log, 'rm', async () => {
    const valueBefore = (deal: string) => readSide.query<{ sum: string }>(VALUE_BEFORE_FILING, [deal]);
    const before = await Promise.all(lines.map((line) => valueBefore(dealId(line))));
    const sums = [0, 10_000, 30_000, 30_000, 130_000].map((units) => [{ sum: (units * 100).toString() }]);
    expect(before).toEqual(sums);
    expect(await valueBefore(deriveId('deal', 'not seen'))).toEqual([]);

    const own = { ...elsewhere('Edge'), group };
    expect(await valueOfGroup(readSide, { ...own, formId: null })).toBe(25_000_000);
    expect(await valueOfGroup(readSide, { ...own, formId })).toBe(17_000_000);
    expect(await valueOfGroup(readSide, { ...own, group: aStanding('fabrikam').group, formId: null })).toBe(0);
  });
});

it('given claims that a person approved, that a rule approved and that were amended since, then what a person approved of them is known', async () => {
  const own = await freshReadSide();
  const rule: DocketCommand = {
    type: 'DecideByRule',
    data: { dealId: dealId('Sensor'), conflict: { score: 0, sequence: '1' }, elsewhere: usd(0) },
  };
  const histories = [
    onLine('Gateway', 60_000, NOW, {
      after: [
        [NOW, pickUp('Gateway')],
        [NOW, approve('Gateway')],
        [NOW, amend('Gateway', 30_000)],
      ],
    }),
    onLine('Sensor', 20_000, NOW, { after: [[NOW, rule]] }),
  ];
  const log = new MemoryLog();
  histories.flat().forEach(({ stream, type, data, at }) => log.append(stream, type, data, at));
  await own.projected(claimsView, log, 'rm', async () =>
    expect(await valuesOfPartner(own, { ...elsewhere('Edge'), partnerId })).toEqual({
      live: 5_000_000,
      approved: 6_000_000,
    }),
  );
  await own.drop();
});
