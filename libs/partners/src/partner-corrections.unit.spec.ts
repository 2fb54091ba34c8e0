import { addDays, deriveId, type Instant } from '@tempore/kernel';
import { activePartner, appliedPartner, endedPartner, fold, given, NOW, suspendedPartner } from '@tempore/testing';

import { type AgreePartnerTier, type CorrectPartner, partner, type PartnerEvent, standingAt } from '.';

const later = addDays(NOW, 10);
const reason = 'As the commercial register has it';
const between = addDays(NOW, 4);

const correct = (data: Partial<CorrectPartner['data']> = {}): CorrectPartner => ({
  type: 'CorrectPartner',
  data: { legalName: 'Northwind Systems AG', from: between, reason, ...data },
});
const corrected = (legalName: string, country: string, from: Instant = between): PartnerEvent => ({
  type: 'partner-corrected',
  data: { legalName, country, from, reason },
  occurredAt: from,
});
const agree = (data: Partial<AgreePartnerTier['data']> = {}): AgreePartnerTier => ({
  type: 'AgreePartnerTier',
  data: { tier: 'gold', from: between, reason, ...data },
});
const agreed: PartnerEvent = {
  type: 'partner-tier-agreed',
  data: { agreement: { tier: 'gold', from: between }, reason },
  occurredAt: between,
};

describe('correcting name and country', () => {
  it.each([appliedPartner(), activePartner(), suspendedPartner()])(
    'given a partner, when its name is corrected, then that is kept with its instant and reason, and the country stays',
    (...history) =>
      given(partner, history)
        .when(correct(), { now: later })
        .then([corrected('Northwind Systems AG', 'DE')]),
  );

  it('given a partner, when its country is corrected, in any spelling, then the name stays', () =>
    given(partner, activePartner())
      .when({ type: 'CorrectPartner', data: { country: 'ch', from: between, reason } }, { now: later })
      .then([corrected('Northwind Systems GmbH', 'CH')]));

  it('given a correction, when it is made again, then nothing happens; when the old name is, then it is one of its own', () => {
    const history = [...activePartner(), corrected('Northwind Systems AG', 'DE')];
    given(partner, history).when(correct(), { now: later }).thenNothing();
    given(partner, history)
      .when(correct({ legalName: 'Northwind Systems GmbH', from: later }), { now: later })
      .then([corrected('Northwind Systems GmbH', 'DE', later)]);
  });

  it('given a correction, when the partner applies again with what it applied with, then nothing happens', () => {
    const [applied] = appliedPartner();
    if (applied?.type !== 'partner-applied') throw new Error('A partner begins with its application');
    given(partner, [applied, corrected('Northwind Systems AG', 'DE')])
      .when({ type: 'ApplyAsPartner', data: applied.data })
      .thenNothing();
  });

  it.each<[string, Partial<CorrectPartner['data']>, string]>([
    ['to nothing', { legalName: ' ' }, 'PARTNER_TEXT_MISSING'],
    ['to a country that does not exist', { country: 'XX' }, 'COUNTRY_UNKNOWN'],
    ['without a reason', { reason: ' ' }, 'REASON_MISSING'],
    ['from an instant that has not come', { from: addDays(later, 1) }, 'FACT_NOT_YET'],
    ['from before it applied', { from: addDays(NOW, -1) }, 'FACT_TOO_EARLY'],
  ])('given a partner, when it is corrected %s, then it is refused', (_what, data, code) =>
    given(partner, activePartner()).when(correct(data), { now: later }).thenRefused(code),
  );

  it('given a partner, when neither name nor country is given, then it is refused', () =>
    given(partner, activePartner())
      .when({ type: 'CorrectPartner', data: { from: between, reason } }, { now: later })
      .thenRefused('CORRECTION_EMPTY'));
});

describe('agreeing on another tier', () => {
  it.each([activePartner(), suspendedPartner()])(
    'given an agreement, when another tier is agreed, then that is kept with its instant and reason, and once',
    (...history) => {
      given(partner, history).when(agree(), { now: later }).then([agreed]);
      given(partner, [...history, agreed])
        .when(agree(), { now: later })
        .thenNothing();
    },
  );

  it('given another tier, then filings are judged by it', () => {
    const at = { accountId: deriveId('account', 'contoso'), isOfLine: () => true };
    const standing = standingAt(
      deriveId('partner', 'northwind'),
      fold(partner, [...activePartner(), agreed]),
      at,
      later,
    );
    expect(standing?.tier).toBe('gold');
  });

  it('given an application, when a tier is agreed, then it is refused: the approval says which', () =>
    given(partner, appliedPartner()).when(agree(), { now: later }).thenRefused('PARTNER_NOT_APPROVED'));

  it.each<[string, Partial<AgreePartnerTier['data']>, string]>([
    ['without a reason', { reason: '' }, 'REASON_MISSING'],
    ['from an instant that has not come', { from: addDays(later, 1) }, 'FACT_NOT_YET'],
    ['from before the agreement of today', { from: addDays(NOW, -1) }, 'FACT_TOO_EARLY'],
  ])('given an agreement, when a tier is agreed %s, then it is refused', (_what, data, code) =>
    given(partner, activePartner()).when(agree(data), { now: later }).thenRefused(code),
  );
});

it.each([correct(), agree()])('given an ended partner, or none, when $type comes, then it is refused', (command) => {
  given(partner, endedPartner()).when(command, { now: later }).thenRefused('PARTNER_ENDED');
  given(partner).when(command, { now: later }).thenRefused('PARTNER_NOT_FOUND');
});
