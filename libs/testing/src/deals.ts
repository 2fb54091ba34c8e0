import { deriveId, parseDay, parseInstant } from '@tempore/kernel';
import type { DealEvent, LegacyDeal } from '@tempore/deals';

/** A sale as another system knew it. */
export const legacyDeal = (content: Partial<LegacyDeal> = {}): LegacyDeal => ({
  source: { system: 'crm', reference: '1C1I7A6R' },
  partnerId: deriveId('partner', 'crm', 'northwind'),
  accountId: deriveId('account', 'crm', 'Contoso'),
  accountName: 'Contoso',
  productLine: 'Gateway',
  productAsGiven: null,
  stage: 'won',
  value: { minorUnits: 105_400, currency: 'USD' },
  openedOn: parseDay('2025-10-20'),
  closedOn: parseDay('2026-01-03'),
  assertedAt: parseInstant('2026-01-03T00:00:00.000Z'),
  row: { fileHash: '0'.repeat(64), number: 1 },
  ...content,
});

export const recordedLegacyDeal = (content?: Partial<LegacyDeal>): readonly DealEvent[] => {
  const data = legacyDeal(content);
  return [{ type: 'legacy-deal-recorded', data, occurredAt: data.assertedAt }];
};
