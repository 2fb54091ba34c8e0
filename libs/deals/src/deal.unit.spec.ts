import { given, legacyDeal, recordedLegacyDeal } from '@tempore/testing';

import { deal, type DealCommand, type LegacyDeal } from '.';

const record = (content?: Partial<LegacyDeal>): DealCommand => ({
  type: 'RecordLegacyDeal',
  data: legacyDeal(content),
});

it('given nothing, when a legacy deal is recorded, then it is kept as the source asserts it', () =>
  given(deal).when(record()).then(recordedLegacyDeal()));

it('given nothing, when all is missing that the source may not know, then the deal is kept all the same', () => {
  const bare = { accountId: null, accountName: null, value: null, openedOn: null, closedOn: null };
  given(deal).when(record(bare)).then(recordedLegacyDeal(bare));
});

it('given a legacy deal, when the same is recorded again from another row, then nothing happens', () =>
  given(deal, recordedLegacyDeal())
    .when(record({ row: { fileHash: 'f'.repeat(64), number: 7 } }))
    .thenNothing());

it.each([
  { stage: 'lost' },
  { value: { minorUnits: 105_401, currency: 'USD' } },
  { accountId: null },
] satisfies Partial<LegacyDeal>[])('given a legacy deal, when it comes with %j, then it is refused', (content) =>
  given(deal, recordedLegacyDeal()).when(record(content)).thenRefused('LEGACY_DEAL_DIFFERS'),
);
