import { ApiProperty } from '@nestjs/swagger';
import { assignedStakeKindSchema, type StakeChange } from '@tempore/principals';
import { IsIn } from 'class-validator';

import { IsId } from '../commands/is-id';
import { WithReason } from '../commands/with-reason.dto';
import { OpenProposalDto } from '../facts/proposals.dto';

const SUBJECTS = ['account', 'partner'] as const;
const KINDS = assignedStakeKindSchema.options;

export class DeclareStakeDto extends WithReason {
  @ApiProperty({ enum: SUBJECTS })
  @IsIn(SUBJECTS)
  on!: (typeof SUBJECTS)[number];

  @ApiProperty({ format: 'uuid', description: 'Of the customer or the partner' })
  @IsId()
  id!: string;
}

export class ProposeStakeDto extends DeclareStakeDto {
  @ApiProperty({ enum: KINDS })
  @IsIn(KINDS)
  kind!: Extract<StakeChange, { of: 'stake' }>['stake']['kind'];
}

export class ProposeStakeEndDto extends WithReason {
  @ApiProperty({ format: 'uuid' })
  @IsId()
  stakeId!: string;
}

class StakeDto {
  @ApiProperty({ format: 'uuid' })
  stakeId!: string;

  @ApiProperty({ enum: SUBJECTS })
  on!: string;

  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: [...KINDS, 'declared'] })
  kind!: string;

  @ApiProperty({ format: 'date-time' })
  from!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: '`null`: it counts' })
  until!: string | null;
}

export class StakesDto {
  @ApiProperty({ format: 'uuid', description: 'Pseudonymous id of whose they are' })
  id!: string;

  @ApiProperty({ description: 'Of the person’s stream; the ETag', example: '3' })
  revision!: string;

  @ApiProperty({ type: [StakeDto], description: 'All ever, so that it can be seen who had which when' })
  stakes!: StakeDto[];

  @ApiProperty({ type: [OpenProposalDto], description: 'What waits for a second person' })
  proposals!: OpenProposalDto[];
}
