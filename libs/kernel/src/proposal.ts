import { isDeepStrictEqual } from 'node:util';

import { z } from 'zod';

import { idSchema } from './ids';
import { reasonOf, reasonSchema } from './reason';
import { Refusal } from './refusal';

/** What one person proposes; it changes nothing yet (rulebook 3, separation of duties). */
export const proposalSchema = <Change extends z.ZodType>(change: Change) =>
  z.object({ proposalId: idSchema, change, reason: reasonSchema });

/** What a second person adopts. It says the change again: whoever reads that it happened need not look for what it was. */
export const adoptionSchema = <Change extends z.ZodType>(change: Change) =>
  proposalSchema(change).extend({ proposedBy: z.string() });

/** Why a proposal is off the table. */
export const withdrawalSchema = z.object({ proposalId: idSchema, reason: reasonSchema });

export interface Proposal<Change> {
  readonly proposalId: string;
  readonly change: Change;
  readonly reason: string;
}

export interface Adoption<Change> extends Proposal<Change> {
  readonly proposedBy: string;
}

export type Withdrawal = z.output<typeof withdrawalSchema>;

export interface ProposalState<Change> extends Adoption<Change> {
  readonly status: 'open' | 'adopted' | 'withdrawn';
}

/** Every proposal that a stream ever saw, by its id. */
export type Proposals<Change> = ReadonlyMap<string, ProposalState<Change>>;

export const openProposals = <Change>(proposals: Proposals<Change>): readonly ProposalState<Change>[] =>
  [...proposals.values()].filter(({ status }) => status === 'open');

export const withProposal = <Change>(
  proposals: Proposals<Change>,
  proposal: Proposal<Change>,
  proposedBy: string,
): Proposals<Change> =>
  proposals.has(proposal.proposalId)
    ? proposals
    : new Map(proposals).set(proposal.proposalId, { ...proposal, proposedBy, status: 'open' });

/** A proposal that is closed stays as it was closed. */
export const withClosed = <Change>(
  proposals: Proposals<Change>,
  proposalId: string,
  status: 'adopted' | 'withdrawn',
): Proposals<Change> => {
  const proposal = proposals.get(proposalId);
  return proposal?.status === 'open' ? new Map(proposals).set(proposalId, { ...proposal, status }) : proposals;
};

/**
 * The proposal that follows, none where it stands already. Throws `REASON_MISSING`, `PROPOSAL_EXISTS`, or
 * `PROPOSAL_CHANGES_NOTHING` where `holds` says that what it asks for is so already.
 */
export const makeProposal = <Change>(
  proposals: Proposals<Change>,
  { proposalId, change, reason: text }: Proposal<Change>,
  holds: boolean,
): readonly Proposal<Change>[] => {
  const reason = reasonOf(text);
  const known = proposals.get(proposalId);
  if (!known && holds) throw changesNothing();
  if (!known) return [{ proposalId, change, reason }];
  if (isDeepStrictEqual(known.change, change) && known.reason === reason) return [];
  throw new Refusal('PROPOSAL_EXISTS', 'conflict', 'Another change was proposed under this id.', {
    remedy: 'Propose it under an id of its own.',
  });
};

/**
 * The adoption that follows from somebody's wish to adopt, none where it stands already. Throws `PROPOSAL_NOT_FOUND`,
 * `PROPOSAL_WITHDRAWN`, or `SECOND_PERSON_NEEDED` where it was they who proposed it.
 */
export const adoptProposal = <Change>(
  proposals: Proposals<Change>,
  proposalId: string,
  actor: string,
): readonly Adoption<Change>[] => {
  const { status, ...adoption } = find(proposals, proposalId);
  switch (status) {
    case 'open':
      expectSecondPerson(adoption.proposedBy, actor);
      return [adoption];
    case 'adopted':
      return [];
    case 'withdrawn':
      throw new Refusal('PROPOSAL_WITHDRAWN', 'conflict', 'The proposal was withdrawn.', {
        remedy: 'Propose the change anew.',
      });
  }
};

/** The withdrawal that follows, none where it stands already. Throws `PROPOSAL_NOT_FOUND`, `PROPOSAL_ADOPTED`. */
export const withdrawProposal = <Change>(
  proposals: Proposals<Change>,
  withdrawal: Withdrawal,
): readonly Withdrawal[] => {
  switch (find(proposals, withdrawal.proposalId).status) {
    case 'open':
      return [{ ...withdrawal, reason: reasonOf(withdrawal.reason) }];
    case 'withdrawn':
      return [];
    case 'adopted':
      throw new Refusal('PROPOSAL_ADOPTED', 'conflict', 'The proposal was adopted: what it changed holds.', {
        remedy: 'Propose the opposite.',
      });
  }
};

/** Nobody is their own second person. Throws `SECOND_PERSON_NEEDED`. */
export const expectSecondPerson = (first: string, actor: string): void => {
  if (first !== actor) return;
  throw new Refusal('SECOND_PERSON_NEEDED', 'forbidden', 'This needs somebody else than who proposed it.', {
    remedy: 'Ask a colleague with the same right to look at it and adopt it.',
  });
};

/** A second person is asked for nothing where nothing would change. */
export const changesNothing = (): Refusal =>
  new Refusal('PROPOSAL_CHANGES_NOTHING', 'conflict', 'What is proposed is so already.', {
    remedy: 'Propose what is to be otherwise than it is now.',
  });

const find = <Change>(proposals: Proposals<Change>, proposalId: string): ProposalState<Change> => {
  const proposal = proposals.get(proposalId);
  if (proposal) return proposal;
  throw new Refusal('PROPOSAL_NOT_FOUND', 'not-found', 'There is no such proposal.');
};
