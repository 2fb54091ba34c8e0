import { dealOf, filedClaim, NOW } from '@tempore/testing';

import { MemoryLog } from '../../../projections/test/memory-log';
import { freshReadSide, type ReadSide } from '../../test/projected';
import { listOpenRegistrations } from './registrations.query';
import { registrationsView } from './registrations.view';

let readSide: ReadSide;
beforeEach(async () => {
  readSide = await freshReadSide();
});
afterEach(() => readSide.drop());

it('given wins from before customers were told of them, then the watchdog finds those whose customer does not know', async () => {
  const log = new MemoryLog();
  const [told, untold] = ['northwind', 'fabrikam'].map((name) => ({ name, dealId: dealOf(name) }));
  for (const { name, dealId } of [told, untold].flatMap((won) => won ?? [])) {
    log.append(`docket-${dealId}`, 'claim-filed', filedClaim(name, NOW).data);
    log.append(`deal-${dealId}`, 'deal-submitted', {
      docketId: dealId,
      accountId: dealId,
      content: filedClaim(name, NOW).data.content,
    });
    log.append(`docket-${dealId}`, 'win-confirmed', { dealId });
    log.append(`deal-${dealId}`, 'deal-ended', { as: 'won' });
  }
  log.append(`account-${untold?.dealId}`, 'account-customer-recorded', {
    termId: told?.dealId,
    productLine: 'Gateway',
    from: NOW,
    until: null,
    partnerOfRecord: null,
    reason: 'Won',
  });
  await readSide.projected(registrationsView, log, 'rm', async () => {
    const open = await listOpenRegistrations(readSide, '9999-01-01T00:00:00.000Z', 10);
    expect(open.map(({ dealId }) => dealId)).toEqual([untold?.dealId]);
  });
});

it.each(['claim-withdrawn', 'offer-declined', 'claim-released'])(
  'given %s, and a deal that knows it, then nothing is left to do: who never won owes nobody a customer',
  async (ended) => {
    const log = new MemoryLog();
    const dealId = dealOf('contoso');
    log.append(`docket-${dealId}`, 'claim-filed', filedClaim('contoso', NOW).data);
    log.append(`deal-${dealId}`, 'deal-submitted', {
      docketId: dealId,
      accountId: dealId,
      content: filedClaim('contoso', NOW).data.content,
    });
    log.append(`docket-${dealId}`, ended, { dealId, reason: 'The customer cancelled' });
    log.append(`deal-${dealId}`, 'deal-ended', { as: 'withdrawn' });
    await readSide.projected(registrationsView, log, 'rm', async () =>
      expect(await listOpenRegistrations(readSide, '9999-01-01T00:00:00.000Z', 10)).toEqual([]),
    );
  },
);
