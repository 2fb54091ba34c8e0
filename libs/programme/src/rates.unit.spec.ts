import { addDays, deriveId, type Instant, parseDay } from '@tempore/kernel';
import { ACTOR, fold, given, type Happened, NOW, recordedAt } from '@tempore/testing';

import { type Rate, rates, ratesAt, type RatesCommand, type RatesEvent } from '.';

const colleague = deriveId('actor', 'colleague');
const proposalId = deriveId('proposal', '1');
const reason = 'Reference rates of the day';
const today = parseDay(NOW.slice(0, 10));
const tomorrow = addDays(NOW, 1);

const euro = (content: Partial<Rate> = {}): Rate => ({
  currency: 'EUR',
  to: 'USD',
  perUnit: '1.12',
  source: 'ECB',
  on: today,
  ...content,
});
const propose = (...of: Rate[]): RatesCommand => ({
  type: 'ProposeRates',
  data: { proposalId, change: { rates: of }, reason },
});
const proposed = (...of: Rate[]): RatesEvent => ({
  type: 'rates-proposed',
  data: { proposalId, change: { rates: of }, reason },
});
const adopt: RatesCommand = { type: 'AdoptRates', data: { proposalId } };
const adopted = (...of: Rate[]): RatesEvent => ({
  type: 'rates-adopted',
  data: { proposalId, change: { rates: of }, reason, proposedBy: ACTOR },
});

it('given rates, then one proposes and another adopts them', () => {
  given(rates)
    .when(propose(euro()))
    .then([proposed(euro())]);
  given(rates, [proposed(euro())])
    .when(adopt)
    .thenRefused('SECOND_PERSON_NEEDED');
  given(rates, [proposed(euro())])
    .when(adopt, { actor: colleague })
    .then([adopted(euro())]);
});

it('given an adopted rate, when the same is proposed again alone, then nothing would change; beside a new one, or corrected, it would', () => {
  const again = (...of: Rate[]): RatesCommand => ({
    type: 'ProposeRates',
    data: { proposalId: deriveId('proposal', '2'), change: { rates: of }, reason },
  });
  const corrected = euro({ perUnit: '1.13' });
  given(rates, [adopted(euro())])
    .when(again(euro()))
    .thenRefused('PROPOSAL_CHANGES_NOTHING');
  given(rates, [adopted(euro())])
    .when(propose(euro(), euro({ currency: 'CHF' })))
    .then([proposed(euro(), euro({ currency: 'CHF' }))]);
  given(rates, [adopted(euro()), adopted(corrected)])
    .when(propose(euro()))
    .then([proposed(euro())]);
});

it('given proposed rates, when they are withdrawn, then nobody adopts them any more', () => {
  const withdrawn: RatesEvent = { type: 'rates-withdrawn', data: { proposalId, reason } };
  given(rates, [proposed(euro())])
    .when({ type: 'WithdrawRates', data: { proposalId, reason } })
    .then([withdrawn]);
  given(rates, [proposed(euro()), withdrawn])
    .when(adopt, { actor: colleague })
    .thenRefused('PROPOSAL_WITHDRAWN');
});

it.each([
  ['none', []],
  ['one of no currency', [euro({ currency: 'XYZ' })]],
  ['one of the programme’s own', [euro({ currency: 'USD' })]],
  ['one that is no decimal', [euro({ perUnit: '1,12' })]],
  ['one that is worth nothing', [euro({ perUnit: '0.00' })]],
  ['two of one currency and day', [euro(), euro({ perUnit: '1.13' })]],
  ['one without a source', [euro({ source: ' ' })]],
  ['one with a source that nobody sees', [euro({ source: '\u200b' })]],
])('given %s, when it is proposed, then it is refused', (_case, of) =>
  given(rates)
    .when(propose(...of))
    .thenRefused('RATE_INVALID'),
);

describe('the rates that count', () => {
  const at = (history: readonly Happened<RatesEvent>[], instant: Instant, to = 'USD') =>
    ratesAt(fold(rates, history), to, instant).map(({ currency, perUnit }) => `${currency} ${perUnit}`);
  const next = parseDay(tomorrow.slice(0, 10));

  it('given a proposal, it does not', () => expect(at([proposed(euro())], NOW)).toEqual([]));

  it('given an adoption, its rates count from then on, and from their day on', () => {
    expect(at([recordedAt(tomorrow)(adopted(euro()))], NOW)).toEqual([]);
    expect(at([recordedAt(tomorrow)(adopted(euro()))], tomorrow)).toEqual(['EUR 1.12']);
    expect(at([adopted(euro({ on: next }))], NOW)).toEqual([]);
  });

  it('given several, the one of the latest day does, in whatever order they came; of one day the last adopted', () => {
    const history = [adopted(euro({ on: next, perUnit: '1.2' })), adopted(euro()), adopted(euro({ perUnit: '1.13' }))];
    expect(at(history, NOW)).toEqual(['EUR 1.13']);
    expect(at(history, tomorrow)).toEqual(['EUR 1.2']);
  });

  it('given several currencies, each does, to the one that is asked for alone', () => {
    const history = [
      adopted(euro(), euro({ currency: 'JPY', perUnit: '0.0067' }), euro({ to: 'GBP', perUnit: '0.85' })),
    ];
    expect(at(history, NOW)).toEqual(['EUR 1.12', 'JPY 0.0067']);
    expect(at(history, NOW, 'GBP')).toEqual(['EUR 0.85']);
  });
});

it('given an adopted rate, when one of another currency, of another day, or to another currency is proposed, then it is another', () => {
  for (const differing of [{ currency: 'CHF' }, { to: 'GBP' }, { on: parseDay('2026-02-27') }])
    given(rates, [adopted(euro({ perUnit: '1.2', ...differing })), adopted(euro())])
      .when(propose(euro({ perUnit: '1.3', ...differing })))
      .then([proposed(euro({ perUnit: '1.3', ...differing }))]);
  given(rates, [adopted(euro()), adopted(euro({ currency: 'CHF', perUnit: '1.1' }))])
    .when(propose(euro()))
    .thenRefused('PROPOSAL_CHANGES_NOTHING');
  given(rates, [adopted(euro()), adopted(euro({ to: 'GBP', perUnit: '0.9' }))])
    .when(propose(euro()))
    .thenRefused('PROPOSAL_CHANGES_NOTHING');
  given(rates, [adopted(euro()), adopted(euro({ on: parseDay('2026-02-27'), perUnit: '1.1' }))])
    .when(propose(euro()))
    .thenRefused('PROPOSAL_CHANGES_NOTHING');
});

it('given rates of one currency on two days, a whole number, and a source with space around it, then they are proposed', () =>
  given(rates)
    .when(propose(euro({ perUnit: '1', source: ' ECB ' }), euro({ on: parseDay('2026-02-27'), perUnit: '10.05' })))
    .then([proposed(euro({ perUnit: '1' }), euro({ on: parseDay('2026-02-27'), perUnit: '10.05' }))]));

it('given faults of every kind, when rates are proposed, then each field at fault is named, and what would be right', () =>
  given(rates)
    .when(
      propose(
        euro({ perUnit: '1,12' }),
        euro({ source: ' ' }),
        euro({ currency: 'USD' }),
        euro({ currency: 'CHF', perUnit: '0.0' }),
      ),
    )
    .thenRefused('RATE_INVALID', {
      remedy: 'Give what one unit of each currency is worth as a decimal such as 1.12, with its source and day.',
      facts: {
        problems: [
          { field: 'rates.0.perUnit', message: expect.any(String) as string },
          { field: 'rates.1.source', message: expect.any(String) as string },
          { field: 'rates.1.currency', message: 'has a rate of the same day above' },
          { field: 'rates.1.source', message: 'is empty' },
          { field: 'rates.2.currency', message: 'is that of the programme itself' },
          { field: 'rates.3.perUnit', message: 'must be more than nothing' },
        ],
      },
    }));

it('given the log, then the streams of rates are called so for ever', () => expect(rates.category).toBe('rates'));
