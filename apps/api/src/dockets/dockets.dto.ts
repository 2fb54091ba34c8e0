import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';

import { IsId } from '../commands/is-id';
import { MoneyDto } from '../fields/money.dto';
import { PageDto, PageQuery } from '../reading/page.dto';
import { StandingDto } from '../registration/registration-answers';
import { IsName } from '../fields/is-written';

class ClaimOnDocketDto {
  @ApiProperty({ format: 'uuid' })
  dealId!: string;

  @ApiProperty({ format: 'uuid' })
  partnerId!: string;

  @ApiProperty({ type: String, nullable: true, description: '`null` collides with every other claim' })
  site!: string | null;

  @ApiProperty({ type: Number, nullable: true, description: '`null` for a partner', example: 1 })
  round!: number | null;

  @ApiProperty({ format: 'date-time' })
  filedAt!: string;

  @ApiProperty({ type: MoneyDto, description: 'In the programme’s currency' })
  value!: MoneyDto;

  @ApiProperty({ type: MoneyDto, nullable: true, description: 'Its value by an amendment that waits for the vendor' })
  amendedValue!: MoneyDto | null;

  @ApiProperty({ type: StandingDto })
  standing!: StandingDto;
}

class OpportunityDto {
  @ApiProperty({ format: 'uuid' })
  opportunityId!: string;

  @ApiProperty()
  reason!: string;

  @ApiProperty()
  open!: boolean;

  @ApiProperty({ description: 'How many contacts with the customer were recorded' })
  touches!: number;
}

class TenderOnDocketDto {
  @ApiProperty()
  reference!: string;

  @ApiProperty({ format: 'date-time' })
  publishedAt!: string;

  @ApiProperty()
  open!: boolean;
}

class TouchOnDocketDto {
  @ApiProperty({ format: 'uuid' })
  dealId!: string;

  @ApiProperty({ format: 'uuid' })
  touchId!: string;

  @ApiProperty({ example: 'meeting' })
  kind!: string;

  @ApiProperty({ enum: ['outbound', 'inbound', 'two-way'] })
  direction!: string;

  @ApiProperty({ format: 'date-time', description: 'As claimed' })
  happenedAt!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The person it was with' })
  counterpartId!: string | null;

  @ApiProperty({ type: [String], description: 'Ids of the documents that show it' })
  evidence!: readonly string[];
}

export class DocketQuery {
  @ApiProperty({ format: 'uuid' })
  @IsId()
  accountId!: string;

  @ApiProperty({ example: 'Gateway' })
  @IsName(200)
  productLine!: string;
}

export class DocketDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  @ApiProperty({ example: 'Gateway' })
  productLine!: string;

  @ApiProperty({ type: [ClaimOnDocketDto], description: 'In order of rank; a partner sees its own' })
  claims!: ClaimOnDocketDto[];

  @ApiProperty({ type: [TouchOnDocketDto], description: 'Recorded for the claims that are shown, oldest first' })
  touches!: TouchOnDocketDto[];

  @ApiProperty({ type: [OpportunityDto], nullable: true, description: '`null` for a partner' })
  opportunities!: OpportunityDto[] | null;

  @ApiProperty({ type: [TenderOnDocketDto] })
  tenders!: TenderOnDocketDto[];
}

export class ReviewsQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Only what this reviewer picked up' })
  @IsOptional()
  @IsId()
  reviewer?: string;

  @ApiPropertyOptional({ description: '`true`: only what waits for too long' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  escalated?: boolean;
}

class ReviewDto {
  @ApiProperty({ format: 'uuid' })
  dealId!: string;

  @ApiProperty({ format: 'uuid' })
  docketId!: string;

  @ApiProperty({ format: 'uuid' })
  partnerId!: string;

  @ApiProperty({ description: 'The customer is one of the partner’s named accounts: its claim is reviewed first' })
  aligned!: boolean;

  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  @ApiProperty()
  productLine!: string;

  @ApiProperty({ type: MoneyDto })
  value!: MoneyDto;

  @ApiProperty({ type: MoneyDto, nullable: true, description: 'Its value by an amendment that waits for the vendor' })
  amendedValue!: MoneyDto | null;

  @ApiProperty({ example: 'submitted' })
  status!: string;

  @ApiProperty()
  amendmentPending!: boolean;

  @ApiProperty()
  winPending!: boolean;

  @ApiProperty()
  filedAt!: Date;

  @ApiProperty({ type: Date, nullable: true, description: 'By when to decide' })
  until!: Date | null;

  @ApiProperty()
  escalated!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Pseudonymous id of whoever picked it up' })
  reviewer!: string | null;
}

export class ReviewPageDto extends PageDto {
  @ApiProperty({ type: [ReviewDto] })
  items!: ReviewDto[];
}

class TimerDto {
  @ApiProperty({ format: 'uuid' })
  docketId!: string;

  @ApiProperty({ description: 'When something happens there by itself' })
  dueAt!: Date;
}

export class TimerPageDto extends PageDto {
  @ApiProperty({ type: [TimerDto] })
  items!: TimerDto[];
}
