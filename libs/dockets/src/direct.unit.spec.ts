import { deriveId, type Instant, parseInstant } from '@tempore/kernel';
import {
  accountId,
  aDocketContext,
  aStanding,
  aTouch,
  filing,
  fold,
  given,
  docketHistory,
  NOW,
  productLine,
  told,
} from '@tempore/testing';

import { docket, type DocketCommand, type Stake } from '.';

const at = (text: string): Instant => parseInstant(`2026-${text}:00.000Z`);
const context = aDocketContext();
const opportunityId = deriveId('opportunity', '1');
const touch = aTouch({ happenedAt: at('03-01T09:00') });

const open: DocketCommand = {
  type: 'OpenDirectOpportunity',
  data: { opportunityId, accountId, productLine, reason: 'They called us' },
};
const close: DocketCommand = { type: 'CloseDirectOpportunity', data: { opportunityId, reason: 'No budget' } };
const record = (data = touch): DocketCommand => ({ type: 'RecordDirectTouch', data: { opportunityId, touch: data } });
const publish = (publishedAt = NOW): DocketCommand => ({
  type: 'PublishTender',
  data: { accountId, productLine, reference: 'T-1', publishedAt, reason: 'Seen in the gazette' },
});
const closeTender: DocketCommand = { type: 'CloseTender', data: { reference: 'T-1', reason: 'Recorded in error' } };

const after = (...commands: readonly DocketCommand[]) =>
  docketHistory(commands.map((command) => told(NOW, null, command)));

it('given nothing, when the direct team opens an opportunity, then the docket knows what it is the docket of', () => {
  given(docket)
    .when(open, context)
    .then([
      { type: 'direct-opportunity-opened', data: { opportunityId, accountId, productLine, reason: 'They called us' } },
    ]);
  expect(fold(docket, after(open)).subject).toEqual({ accountId, productLine });
});

it('given an opportunity, when a touch is recorded, then it says when it happened and whether it is progress', () =>
  given(docket, after(open))
    .when(record(), context)
    .then([
      {
        type: 'direct-touch-recorded',
        data: { opportunityId, touch, progress: true },
        occurredAt: touch.happenedAt,
      },
    ]));

it('given an opportunity, when it is closed, then the reason stands', () =>
  given(docket, after(open))
    .when(close, context)
    .then([{ type: 'direct-opportunity-closed', data: { opportunityId, reason: 'No budget' } }]));

it('given a tender that was recorded, when it is closed, then the reason stands', () =>
  given(docket, after(publish()))
    .when(closeTender, context)
    .then([{ type: 'tender-closed', data: { reference: 'T-1', reason: 'Recorded in error' } }]));

it.each([
  ['an opportunity', [open], open],
  ['a touch', [open, record()], record()],
  ['a closed opportunity', [open, close], close],
  ['a tender', [publish()], publish()],
  ['a closed tender', [publish(), closeTender], closeTender],
])('given %s, when the same comes again, then nothing happens', (_case, before, command) =>
  given(docket, after(...before))
    .when(command, context)
    .thenNothing(),
);

it.each([
  ['no opportunity', [], record(), 'OPPORTUNITY_NOT_FOUND'],
  ['a closed opportunity', [open, close], record(), 'OPPORTUNITY_CLOSED'],
  ['a closed opportunity', [open, close], open, 'OPPORTUNITY_CLOSED'],
  ['an opportunity', [open], record(aTouch({ happenedAt: at('03-03T09:00') })), 'TOUCH_IN_FUTURE'],
  ['a tender', [publish()], publish(at('03-01T09:00')), 'TENDER_EXISTS'],
  ['no tender', [], closeTender, 'TENDER_NOT_FOUND'],
])(
  'given %s, when $command.type comes with something that does not fit, then it is refused',
  (_case, before, command, code) =>
    given(docket, after(...before))
      .when(command, context)
      .thenRefused(code),
);

describe('who states facts', () => {
  const stakeOf = (kind: Stake['kind'], on: Stake['on'] = 'account', id = accountId): Stake => ({ on, id, kind });
  const filed = docketHistory([told(NOW, 'northwind', filing('northwind'))]);
  const northwind = aStanding('northwind').partnerId;

  it.each([
    ['an opportunity', open, []],
    ['a touch', record(), [open]],
    ['an end of an opportunity', close, [open]],
    ['a tender', publish(), []],
    ['an end of a tender', closeTender, [publish()]],
  ])('given a declared stake in the customer, when its owner states %s, then that is refused', (_, command, before) =>
    given(docket, after(...before))
      .when(command, { ...context, stakes: [stakeOf('declared')] })
      .thenRefused('STATED_WITH_STAKE'),
  );

  it.each(['member', 'acted', 'declared'] as const)(
    'given a claim, when somebody who is %s for its partner states a fact, then that is refused',
    (kind) =>
      given(docket, filed)
        .when(open, { ...context, stakes: [stakeOf(kind, 'partner', northwind)] })
        .thenRefused('STATED_WITH_STAKE'),
  );

  it('given a quota on the customer, when the direct team records what it does, then it is on record', () =>
    given(docket, filed)
      .when(open, { ...context, stakes: [stakeOf('quota')] })
      .then([
        {
          type: 'direct-opportunity-opened',
          data: { opportunityId, accountId, productLine, reason: 'They called us' },
        },
      ]));

  it('given a claim whose parties nobody looked at, when a fact is stated, then it has to be looked at anew', () =>
    given(docket, filed)
      .when(open, { ...context, examined: [] })
      .thenRefused('PARTIES_CHANGED'));
});
