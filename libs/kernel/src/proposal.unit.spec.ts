import { z } from 'zod';

import {
  adoptionSchema,
  adoptProposal,
  changesNothing,
  makeProposal,
  openProposals,
  type Proposals,
  proposalSchema,
  Refusal,
  withClosed,
  withdrawalSchema,
  withdrawProposal,
  withProposal,
} from '.';

const proposalId = '5f3b1f2e-0d52-5c55-9d3c-0c3b6f6f3a11';
const other = '0b0f7d0e-6c3f-5a52-8c77-6a0a2d6f9c22';
const proposal = { proposalId, change: { windowDays: 60 }, reason: 'Sells sooner' };
const nothing: Proposals<{ windowDays: number }> = new Map();
const open = withProposal(nothing, proposal, 'ada');
const adopted = withClosed(open, proposalId, 'adopted');
const withdrawn = withClosed(open, proposalId, 'withdrawn');

const refusalOf = (work: () => unknown): Pick<Refusal, 'code' | 'kind'> & { hasRemedy: boolean } => {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { code: error.code, kind: error.kind, hasRemedy: (error.details.remedy ?? '') !== '' };
  }
  throw new Error('It was not refused.');
};

describe('what is on the table', () => {
  it('given proposals, then those that nobody closed are open, each with who made it', () => {
    const both = withProposal(adopted, { ...proposal, proposalId: other }, 'grace');
    expect(openProposals(both)).toEqual([{ ...proposal, proposalId: other, proposedBy: 'grace', status: 'open' }]);
    expect(openProposals(open)).toEqual([{ ...proposal, proposedBy: 'ada', status: 'open' }]);
    expect([openProposals(nothing), openProposals(withdrawn)]).toEqual([[], []]);
  });

  it('given a proposal, when another comes under its id, then the first one stands', () =>
    expect(withProposal(open, { ...proposal, reason: 'Another' }, 'grace')).toBe(open));

  it('given a proposal that is closed, or none, when it is closed, then nothing changes', () => {
    expect(withClosed(adopted, proposalId, 'withdrawn')).toBe(adopted);
    expect(withClosed(open, other, 'adopted')).toBe(open);
  });
});

describe('proposing', () => {
  it('given nothing like it, then it is on the table, with its reason trimmed', () =>
    expect(makeProposal(nothing, { ...proposal, reason: ' Sells sooner ' }, false)).toEqual([proposal]));

  it('given the same proposal, when it comes again, then nothing happens, even where its change holds by now', () => {
    expect(makeProposal(open, { ...proposal, change: { windowDays: 60 } }, false)).toEqual([]);
    expect(makeProposal(adopted, proposal, true)).toEqual([]);
  });

  it.each([
    ['another change', { ...proposal, change: { windowDays: 61 } }],
    ['another reason', { ...proposal, reason: 'Another' }],
  ])('given a proposal, when %s comes under its id, then it is refused', (_what, second) =>
    expect(refusalOf(() => makeProposal(open, second, false))).toEqual({
      code: 'PROPOSAL_EXISTS',
      kind: 'conflict',
      hasRemedy: true,
    }),
  );

  it('given what it asks for, then a second person is not troubled; given no reason, then it is refused', () => {
    expect(refusalOf(() => makeProposal(nothing, proposal, true)).code).toBe('PROPOSAL_CHANGES_NOTHING');
    expect(refusalOf(() => makeProposal(nothing, { ...proposal, reason: ' ' }, false)).code).toBe('REASON_MISSING');
  });

  it('given nothing that would change, then the refusal has a remedy', () =>
    expect(
      refusalOf(() => {
        throw changesNothing();
      }),
    ).toEqual({
      code: 'PROPOSAL_CHANGES_NOTHING',
      kind: 'conflict',
      hasRemedy: true,
    }));
});

describe('adopting', () => {
  it('given a proposal, when a second person adopts it, then the adoption says it again, with who proposed it', () =>
    expect(adoptProposal(open, proposalId, 'grace')).toEqual([{ ...proposal, proposedBy: 'ada' }]));

  it('given an adopted one, when it is adopted again, by whomever, then nothing happens', () => {
    expect(adoptProposal(adopted, proposalId, 'grace')).toEqual([]);
    expect(adoptProposal(adopted, proposalId, 'ada')).toEqual([]);
  });

  it.each([
    ['who proposed it', open, 'ada', 'SECOND_PERSON_NEEDED', 'forbidden'],
    ['whoever comes after its withdrawal', withdrawn, 'grace', 'PROPOSAL_WITHDRAWN', 'conflict'],
  ])('given a proposal, when %s adopts it, then it is refused', (_who, proposals, actor, code, kind) =>
    expect(refusalOf(() => adoptProposal(proposals, proposalId, actor))).toEqual({ code, kind, hasRemedy: true }),
  );

  it('given no such proposal, then there is none to adopt or withdraw', () => {
    const refusal = { code: 'PROPOSAL_NOT_FOUND', kind: 'not-found', hasRemedy: false };
    expect(refusalOf(() => adoptProposal(open, other, 'grace'))).toEqual(refusal);
    expect(refusalOf(() => withdrawProposal(open, { proposalId: other, reason: 'No' }))).toEqual(refusal);
  });
});

describe('withdrawing', () => {
  it('given a proposal, when it is withdrawn, then it is, once, with the reason trimmed', () => {
    expect(withdrawProposal(open, { proposalId, reason: ' Too short ' })).toEqual([
      { proposalId, reason: 'Too short' },
    ]);
    expect(withdrawProposal(withdrawn, { proposalId, reason: 'Too short' })).toEqual([]);
  });

  it('given an adopted one, then it is refused: what it changed holds', () =>
    expect(refusalOf(() => withdrawProposal(adopted, { proposalId, reason: 'Too short' }))).toEqual({
      code: 'PROPOSAL_ADOPTED',
      kind: 'conflict',
      hasRemedy: true,
    }));

  it('given no reason, then it is refused', () =>
    expect(refusalOf(() => withdrawProposal(open, { proposalId, reason: '' })).code).toBe('REASON_MISSING'));
});

describe('as events carry them', () => {
  const change = z.object({ windowDays: z.int() });

  it('given a proposal, an adoption, a withdrawal, then each is kept whole', () => {
    const adoption = { ...proposal, proposedBy: 'ada' };
    expect(proposalSchema(change).parse(proposal)).toEqual(proposal);
    expect(adoptionSchema(change).parse(adoption)).toEqual(adoption);
    expect(withdrawalSchema.parse({ proposalId, reason: ' No ' })).toEqual({ proposalId, reason: 'No' });
  });

  it('given one without its id, its reason, or who proposed it, then it is none', () => {
    expect(proposalSchema(change).safeParse({ ...proposal, proposalId: '1' }).success).toBe(false);
    expect(proposalSchema(change).safeParse({ ...proposal, reason: ' ' }).success).toBe(false);
    expect(adoptionSchema(change).safeParse(proposal).success).toBe(false);
    expect(withdrawalSchema.safeParse({ proposalId }).success).toBe(false);
  });
});
