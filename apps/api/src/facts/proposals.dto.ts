import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { openProposals, type Proposals } from '@tempore/kernel';
import { proposalKinds, type ProposalKind } from '@tempore/read-models';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';

import { PageDto, PageQuery } from '../reading/page.dto';

const STATUSES = ['open', 'adopted', 'withdrawn'] as const;

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

export class ProposalsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  status?: (typeof STATUSES)[number];

  @ApiPropertyOptional({ enum: proposalKinds, description: 'What it is about' })
  @IsOptional()
  @IsIn(proposalKinds)
  kind?: ProposalKind;

  @ApiPropertyOptional({ description: '`true`: only what the caller may adopt as the second person' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  adoptable?: boolean;
}

class SubjectDto {
  @ApiProperty({ enum: proposalKinds })
  kind!: ProposalKind;

  @ApiProperty({ description: '`programme` where it is the programme itself' })
  id!: string;
}

class ProposalDto extends OpenProposalDto {
  @ApiProperty({ type: SubjectDto })
  about!: SubjectDto;

  @ApiProperty({ enum: STATUSES })
  status!: (typeof STATUSES)[number];

  @ApiProperty({ format: 'date-time' })
  proposedAt!: Date;

  @ApiProperty({ type: String, nullable: true, description: 'Who adopted or withdrew it' })
  closedBy!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt!: Date | null;
}

export class ProposalPageDto extends PageDto {
  @ApiProperty({ type: [ProposalDto] })
  items!: ProposalDto[];
}
