import { ApiProperty } from '@nestjs/swagger';
import type { Proposals } from '@tempore/kernel';
import { openProposals } from '@tempore/kernel';

/** A change that waits for a second person. */
export class OpenProposalDto {
  @ApiProperty({ format: 'uuid' })
  proposalId!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { of: 'house', house: true } })
  change!: object;

  @ApiProperty()
  reason!: string;

  @ApiProperty({ description: 'Pseudonymous id: everybody else with the right may adopt it' })
  proposedBy!: string;
}

export const toOpenProposals = <Change extends object>(proposals: Proposals<Change>): OpenProposalDto[] =>
  openProposals(proposals).map(({ proposalId, change, reason, proposedBy }) => ({
    proposalId,
    change,
    reason,
    proposedBy,
  }));
