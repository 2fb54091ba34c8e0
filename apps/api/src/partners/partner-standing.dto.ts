import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type DealKind, dealKindSchema } from '@tempore/deals';
import { type PartnerTier, partnerTierSchema } from '@tempore/partners';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsObject,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

import { IsId } from '../commands/is-id';
import { IsInstant } from '../fields/is-instant';
import { WithReason } from '../commands/with-reason.dto';
import { OrNull } from '../facts/or-null';
import { OpenProposalDto } from '../facts/proposals.dto';
import { OrAbsent } from '../fields/or-absent';
import { IsName } from '../fields/is-written';

const MAX_ENTRIES = 500;

export class TerritoryDto {
  @ApiProperty({ example: 'DE', description: 'ISO 3166-1 alpha-2' })
  @IsISO31661Alpha2()
  country!: string;

  @ApiPropertyOptional({ example: 'GTX Pro', type: String, nullable: true, description: 'Left out: every line' })
  @IsOptional()
  @IsName(200)
  productLine?: string | null;
}

export class ProposeTerritoriesDto extends WithReason {
  @ApiProperty({ type: [TerritoryDto], nullable: true, description: 'All of them; `null` is everywhere' })
  @OrNull()
  @IsArray()
  @ArrayMaxSize(MAX_ENTRIES)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => TerritoryDto)
  territories!: TerritoryDto[] | null;
}

export class ProposeNamedAccountsDto extends WithReason {
  @ApiPropertyOptional({ type: [String], format: 'uuid', description: 'Accounts to name' })
  @OrAbsent()
  @IsArray()
  @ArrayMaxSize(MAX_ENTRIES)
  @IsId({ each: true })
  added?: string[];

  @ApiPropertyOptional({ type: [String], format: 'uuid', description: 'Accounts to name no more' })
  @OrAbsent()
  @IsArray()
  @ArrayMaxSize(MAX_ENTRIES)
  @IsId({ each: true })
  removed?: string[];
}

export class ProposeNamedRestrictionDto extends WithReason {
  @ApiProperty({ description: 'Whether the partner may register its named accounts and no others' })
  @IsBoolean()
  restricted!: boolean;
}

export class PartnerGroupDto extends WithReason {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Partners with the same one are under common control, and count as one; `null`: it stands alone',
  })
  @OrNull()
  @IsId()
  groupId!: string | null;
}

export class LineTermsDto {
  @ApiProperty({ example: 'GTX Pro' })
  @IsName(200)
  productLine!: string;

  @ApiPropertyOptional({ enum: partnerTierSchema.options, default: 'bronze' })
  @OrAbsent()
  @IsIn(partnerTierSchema.options)
  minimumTier?: PartnerTier;

  @ApiPropertyOptional({
    default: 0,
    description: 'How many of the partner’s people have to be certified for the line',
  })
  @OrAbsent()
  @IsInt()
  @Min(0)
  @Max(1_000)
  certifiedPeople?: number;
}

export class PartnerLinesDto extends WithReason {
  @ApiProperty({
    type: [LineTermsDto],
    nullable: true,
    description: 'All lines that the partner may sell; `null` is every line, without conditions',
  })
  @OrNull()
  @IsArray()
  @ArrayMaxSize(MAX_ENTRIES)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => LineTermsDto)
  lines!: LineTermsDto[] | null;
}

export class PartnerKindDto extends WithReason {
  @ApiProperty({
    enum: dealKindSchema.options,
    description: 'What registrations of the partner are proposed as, where they say nothing else',
  })
  @IsIn(dealKindSchema.options)
  kind!: DealKind;
}

export class PartnerManagerDto {
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Pseudonymous id; `null` is nobody' })
  @OrNull()
  @IsId()
  managerId!: string | null;

  @ApiPropertyOptional({ format: 'date-time', description: 'From when on; now where left out' })
  @OrAbsent()
  @IsInstant()
  from?: string;
}

class ManagerPeriodDto {
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  managerId!: string | null;

  @ApiProperty({ format: 'date-time' })
  from!: string;
}

/** What a partner's filings are judged by, beside its agreement. */
export class PartnerStandingDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'The ETag; to the partner’s own people it stands for what they are shown', example: '3' })
  revision!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: '`null`: it stands alone' })
  groupId!: string | null;

  @ApiProperty({ type: [TerritoryDto], nullable: true, description: '`null` is everywhere' })
  territories!: readonly TerritoryDto[] | null;

  @ApiProperty({ description: 'Whether it may register its named accounts and no others' })
  restricted!: boolean;

  @ApiProperty({ type: [String], format: 'uuid' })
  namedAccounts!: string[];

  @ApiProperty({ type: [LineTermsDto], nullable: true, description: '`null` is every line, without conditions' })
  lines!: readonly LineTermsDto[] | null;

  @ApiProperty({ enum: dealKindSchema.options, description: 'What its registrations are proposed as' })
  kind!: DealKind;

  @ApiProperty({ type: [ManagerPeriodDto], description: 'Its account managers, each until the next' })
  managers!: readonly ManagerPeriodDto[];

  @ApiProperty({
    type: [OpenProposalDto],
    nullable: true,
    description: 'What waits for a second person; `null` for the partner’s own people, whom it does not concern yet',
  })
  proposals!: OpenProposalDto[] | null;
}
