import { activePartner, appliedPartner, endedPartner, given, NOW, suspendedPartner } from '@tempore/testing';

import { type ApplyAsPartner, type EndPartner, partner, type PartnerCommand } from '.';

const apply = (application: Partial<ApplyAsPartner['data']> = {}): PartnerCommand => ({
  type: 'ApplyAsPartner',
  data: {
    legalName: 'Northwind Systems GmbH',
    country: 'DE',
    website: 'northwind.example',
    source: null,
    ...application,
  },
});
const approve = (data: { tier?: 'bronze' | 'gold' } = {}): PartnerCommand => ({ type: 'ApprovePartner', data });
const suspend = (reason = 'Invoices overdue'): PartnerCommand => ({ type: 'SuspendPartner', data: { reason } });
const reactivate: PartnerCommand = { type: 'ReactivatePartner', data: {} };
const end = (data: Partial<EndPartner['data']> = {}): PartnerCommand => ({
  type: 'EndPartner',
  data: { reason: 'mutual', note: null, ...data },
});

describe('applying', () => {
  it('given nothing, when an organisation applies, then its particulars are kept', () =>
    given(partner).when(apply()).then(appliedPartner()));

  it('given nothing, when it applies with the address of a page, then its particulars are kept in normal form', () =>
    given(partner)
      .when(
        apply({ legalName: '  Northwind Systems GmbH ', country: 'de', website: 'https://www.northwind.co.uk/about' }),
      )
      .then(appliedPartner({ website: 'northwind.co.uk' })));

  it('given an application, when the same is sent again in other words for the same, then nothing happens', () =>
    given(partner, appliedPartner())
      .when(apply({ website: 'https://www.northwind.example/' }))
      .thenNothing());

  it('given an application, when another is sent for the same partner, then it is refused', () =>
    given(partner, appliedPartner())
      .when(apply({ country: 'AT' }))
      .thenRefused('PARTNER_EXISTS'));

  it('given nothing, when it applies from a country that does not exist, then it is refused', () =>
    given(partner)
      .when(apply({ country: 'XX' }))
      .thenRefused('COUNTRY_UNKNOWN'));

  it.each([' ', '\u200b', 'North\u0000wind', 'North\u202ewind'])(
    'given nothing, when it applies under the name %j, then it is refused',
    (legalName) => given(partner).when(apply({ legalName })).thenRefused('PARTNER_TEXT_MISSING'),
  );

  it('given nothing, when it applies with an address for a domain, then it is refused', () =>
    given(partner)
      .when(apply({ website: '192.0.2.1' }))
      .thenRefused('WEBSITE_INVALID'));
});

describe('approving', () => {
  it('given an application, when it is approved, then an agreement begins now, at bronze', () =>
    given(partner, appliedPartner())
      .when(approve())
      .then([{ type: 'partner-approved', data: { agreement: { tier: 'bronze', from: NOW } } }]));

  it('given an application, when it is approved at a tier, then the agreement has that tier', () =>
    given(partner, appliedPartner())
      .when(approve({ tier: 'gold' }))
      .then([{ type: 'partner-approved', data: { agreement: { tier: 'gold', from: NOW } } }]));

  it('given an active partner, when it is approved again, then nothing happens', () =>
    given(partner, activePartner()).when(approve()).thenNothing());

  it('given an active partner, when it is approved at another tier, then it is refused', () =>
    given(partner, activePartner())
      .when(approve({ tier: 'gold' }))
      .thenRefused('PARTNER_ALREADY_APPROVED'));
});

describe('suspending and reactivating', () => {
  it('given an active partner, when it is suspended, then the reason is kept', () =>
    given(partner, activePartner())
      .when(suspend())
      .then([{ type: 'partner-suspended', data: { reason: 'Invoices overdue' } }]));

  it('given a suspended partner, when it is suspended for the same reason, then nothing happens', () =>
    given(partner, suspendedPartner()).when(suspend()).thenNothing());

  it('given a suspended partner, when it is suspended for another reason, then the second reason is not lost silently', () =>
    given(partner, suspendedPartner()).when(suspend('Court order')).thenRefused('PARTNER_SUSPENDED'));

  it('given a suspended partner, when it is approved, then it is refused: reactivation is the way back', () =>
    given(partner, suspendedPartner()).when(approve()).thenRefused('PARTNER_SUSPENDED'));

  it('given a suspended partner, when it is reactivated, then it may act again', () =>
    given(partner, suspendedPartner())
      .when(reactivate)
      .then([{ type: 'partner-reactivated', data: {} }]));

  it('given an active partner, when it is reactivated, then nothing happens', () =>
    given(partner, activePartner()).when(reactivate).thenNothing());
});

describe('ending', () => {
  it.each([
    ['active', activePartner()],
    ['suspended', suspendedPartner()],
  ])('given a partner that is %s, when the agreement ends, then the reason is kept', (_status, history) =>
    given(partner, history)
      .when(end({ reason: 'fraud', note: 'Forged purchase orders' }))
      .then([{ type: 'partner-ended', data: { reason: 'fraud', note: 'Forged purchase orders' } }]),
  );

  it('given an ended partner, when it is ended for the same reason, then nothing happens', () =>
    given(partner, endedPartner()).when(end()).thenNothing());

  it('given an ended partner, when it is ended for another reason, then it is refused', () =>
    given(partner, endedPartner())
      .when(end({ reason: 'fraud' }))
      .thenRefused('PARTNER_ENDED'));
});

describe('what a partner is not ready for', () => {
  it.each([approve(), suspend(), reactivate, end()])('given nothing, when $type comes, then there is no partner', (c) =>
    given(partner).when(c).thenRefused('PARTNER_NOT_FOUND'),
  );

  it.each([suspend(), reactivate, end()])('given an application, when $type comes, then it is refused', (c) =>
    given(partner, appliedPartner()).when(c).thenRefused('PARTNER_NOT_APPROVED'),
  );

  it.each([approve(), suspend(), reactivate])('given an ended partner, when $type comes, then it is refused', (c) =>
    given(partner, endedPartner()).when(c).thenRefused('PARTNER_ENDED'),
  );
});
