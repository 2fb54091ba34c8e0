/** One thing that is said of a filed deal, by the partner or by the vendor. */
export interface Step {
  readonly by: 'partner' | 'vendor';
  readonly path: string;
  readonly data: object;
}

const worth = (minorUnits: number): object => ({ value: { oneTime: { minorUnits, currency: 'USD' } } });

/**
 * What people do with a filed deal until the sale is won or lost. Several of them are refused where a rule has approved
 * the deal already, or where the clock has ended it meanwhile: that is an answer, too.
 */
export const lifeOf = (dealId: string, documentId: string, isWon: boolean): readonly Step[] => {
  const step = (by: Step['by'], act: string, data: object = {}): Step => ({
    by,
    path: `/v1/deals/${dealId}/${act}`,
    data,
  });
  return [
    step('vendor', 'review'),
    step('vendor', 'question', { code: 'VALUE_UNCLEAR', text: 'How is the value made up?' }),
    step('partner', 'answer', { businessProblem: 'Half hardware, half service' }),
    step('vendor', 'approval'),
    step('partner', 'touches', {
      kind: 'meeting',
      direction: 'two-way',
      happenedAt: '2026-01-03T10:00:00Z',
      counterpart: { name: 'Ada Lovelace' },
      evidence: [documentId],
    }),
    step('partner', 'amendments', worth(20_000_000)),
    step('vendor', 'amendment/approval'),
    step('partner', 'stage', { stage: 'proposing' }),
    isWon
      ? step('partner', 'outcome', { outcome: 'won', closedOn: '2026-01-05' })
      : step('partner', 'outcome', { outcome: 'lost', closedOn: '2026-01-05', reason: 'The budget was cut' }),
    step('vendor', 'win/confirmation'),
  ];
};
