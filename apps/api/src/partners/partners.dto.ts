import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type EndReason, endReasonSchema, type PartnerTier, partnerTierSchema } from '@tempore/partners';
import { IsIn, IsISO31661Alpha2, IsOptional, IsString, MaxLength } from 'class-validator';

import { WithReason } from '../commands/with-reason.dto';
import { IsInstant } from '../fields/is-instant';
import { PageDto, PageQuery } from '../reading/page.dto';
import { OrAbsent } from '../fields/or-absent';
import { IsName, IsText } from '../fields/is-written';

const STATUSES = ['applied', 'active', 'suspended', 'ended'] as const;

export class ApplyDto {
  @ApiProperty({ example: 'Northwind Systems GmbH', maxLength: 300 })
  @IsName(300)
  legalName!: string;

  @ApiProperty({ example: 'DE', description: 'ISO 3166-1 alpha-2' })
  @IsISO31661Alpha2()
  country!: string;

  @ApiPropertyOptional({ example: 'northwind.example', description: 'Only its registrable domain is kept' })
  @OrAbsent()
  @IsName(300)
  website?: string;
}

export class ApproveDto {
  @ApiPropertyOptional({ enum: partnerTierSchema.options, default: 'bronze' })
  @OrAbsent()
  @IsIn(partnerTierSchema.options)
  tier?: PartnerTier;
}

export class CorrectPartnerDto extends WithReason {
  @ApiPropertyOptional({ example: 'Northwind Systems AG', maxLength: 300 })
  @OrAbsent()
  @IsName(300)
  legalName?: string;

  @ApiPropertyOptional({ example: 'CH', description: 'ISO 3166-1 alpha-2' })
  @OrAbsent()
  @IsISO31661Alpha2()
  country?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Since when it is so; now where left out' })
  @OrAbsent()
  @IsInstant()
  from?: string;
}

export class AgreeTierDto extends WithReason {
  @ApiProperty({ enum: partnerTierSchema.options, example: 'silver' })
  @IsIn(partnerTierSchema.options)
  tier!: PartnerTier;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Since when it is agreed; now where left out. Filings are judged by it once it is recorded',
  })
  @OrAbsent()
  @IsInstant()
  from?: string;
}

export class SuspendDto {
  @ApiProperty({ example: 'Audit of the last quarter is open', maxLength: 1_000 })
  @IsText(1_000)
  reason!: string;
}

export class EndDto {
  @ApiProperty({ enum: endReasonSchema.options })
  @IsIn(endReasonSchema.options)
  reason!: EndReason;

  @ApiPropertyOptional({ maxLength: 1_000 })
  @OrAbsent()
  @IsText(1_000)
  note?: string;
}

export class PartnersQuery extends PageQuery {
  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  status?: (typeof STATUSES)[number];

  @ApiPropertyOptional({ description: 'A part of the name', example: 'Northwind' })
  @IsOptional()
  @IsString()
  @MaxLength(300)
  search?: string;
}

class AgreementDto {
  @ApiProperty({ enum: partnerTierSchema.options })
  tier!: string;

  @ApiProperty({ format: 'date-time' })
  from!: Date;
}

export class PartnerDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'The ETag; to the partner’s own people it stands for what they are shown', example: '1' })
  revision!: string;

  @ApiProperty({ enum: STATUSES })
  status!: string;

  @ApiProperty()
  legalName!: string;

  @ApiProperty({ example: 'DE' })
  country!: string;

  @ApiProperty({ type: String, nullable: true })
  website!: string | null;

  @ApiProperty({ type: AgreementDto, nullable: true })
  agreement!: AgreementDto | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why it is suspended or ended' })
  reason!: string | null;

  @ApiProperty({ format: 'date-time' })
  appliedAt!: Date;

  @ApiProperty({ format: 'date-time' })
  changedAt!: Date;
}

export class PartnerPageDto extends PageDto {
  @ApiProperty({ type: [PartnerDto] })
  items!: PartnerDto[];
}
