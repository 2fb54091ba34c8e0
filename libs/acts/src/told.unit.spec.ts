import { docket, type DocketEvent } from '@tempore/dockets';
import { dealOf, filedClaim, NOW } from '@tempore/testing';

import { toldOf } from './told';

const withdrawal = { type: 'WithdrawClaim', data: { dealId: dealOf('northwind'), reason: 'No budget' } };
const withdrawn: DocketEvent = { type: 'claim-withdrawn', data: withdrawal.data };
const offered: DocketEvent = { type: 'claim-offered', data: { dealId: dealOf('fabrikam'), reconfirmBy: NOW } };
const referred: DocketEvent = {
  type: 'claim-referred',
  data: { dealId: dealOf('northwind'), reasons: ['others-on-the-docket'], conflict: null },
};
const closed: DocketEvent = { type: 'round-closed', data: { round: 1 } };
const events = [withdrawn, offered, referred, closed];

describe('what an answer lists', () => {
  it('given a partner that gives up its place, then its own event, and nothing of who is offered it or why', () =>
    expect(toldOf(events, docket.events, 'partner', withdrawal)).toEqual([withdrawn]));

  it('given the direct team, then nothing of any claim', () => {
    const opened: DocketEvent = {
      type: 'direct-opportunity-opened',
      data: { accountId: 'a', productLine: 'Gateway', opportunityId: 'o', reason: 'A call' },
    };
    const command = { type: 'OpenDirectOpportunity', data: opened.data };
    expect(toldOf([...events, filedClaim('tailspin', NOW), opened], docket.events, 'direct-team', command)).toEqual([
      opened,
    ]);
  });

  it('given the vendor’s deciders, then everything', () =>
    expect(toldOf(events, docket.events, null, withdrawal)).toEqual(events));
});
