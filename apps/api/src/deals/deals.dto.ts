import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type LegacyStage, legacyStageSchema } from '@tempore/deals';
import { Transform } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';

import { IsDay } from '../fields/is-day';
import { PageDto, PageQuery } from '../reading/page.dto';

export class DealsQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  partnerId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  accountId?: string;

  @ApiPropertyOptional({ enum: legacyStageSchema.options, isArray: true, description: 'One or several' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @IsIn(legacyStageSchema.options, { each: true })
  stage?: LegacyStage[];

  @ApiPropertyOptional({ example: 'GTX Pro' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  productLine?: string;

  @ApiPropertyOptional({ format: 'date', description: 'First day of the close date' })
  @IsOptional()
  @IsDay()
  closedFrom?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Last day of the close date' })
  @IsOptional()
  @IsDay()
  closedTo?: string;

  @ApiPropertyOptional({ description: '`true`: only deals with an account; `false`: only those without one' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  linked?: boolean;

  @ApiPropertyOptional({ description: 'A part of the reference, the account’s name or the product line' })
  @IsOptional()
  @IsString()
  @MaxLength(300)
  search?: string;
}

export class MoneyDto {
  @ApiProperty({ description: 'Integer minor units of the currency', example: 105400 })
  minorUnits!: number;

  @ApiProperty({ description: 'ISO 4217', example: 'USD' })
  currency!: string;
}

class SourceDto {
  @ApiProperty()
  system!: string;

  @ApiProperty()
  reference!: string;
}

export class DealDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Of the deal’s stream; the ETag', example: '0' })
  revision!: string;

  @ApiProperty({ format: 'uuid' })
  partnerId!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: '`null` where the source named none' })
  accountId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'As the source spells it' })
  accountName!: string | null;

  @ApiProperty({ example: 'GTX Pro' })
  productLine!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The source’s spelling, where it was mapped' })
  productAsGiven!: string | null;

  @ApiProperty({ enum: legacyStageSchema.options })
  stage!: string;

  @ApiProperty({ type: MoneyDto, nullable: true })
  value!: MoneyDto | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  openedOn!: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  closedOn!: string | null;

  @ApiProperty({ type: SourceDto })
  source!: SourceDto;

  @ApiProperty({ format: 'date-time', description: 'When the source says that this was so' })
  assertedAt!: Date;

  @ApiProperty({ format: 'date-time', description: 'When it was recorded here' })
  recordedAt!: Date;
}

export class DealPageDto extends PageDto {
  @ApiProperty({ type: [DealDto] })
  items!: DealDto[];
}

class TimelineEntryDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Place in the order of all events; `null` for a partner’s own people',
    example: '00000000000000000042',
  })
  sequence!: string | null;

  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'legacy-deal-recorded' })
  type!: string;

  @ApiProperty({ format: 'date-time', description: 'When it happened, as claimed' })
  occurredAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When it was recorded' })
  recordedAt!: string;

  @ApiProperty({ description: 'Pseudonymous id of whoever acted' })
  actor!: string;

  @ApiProperty({ type: Object, additionalProperties: true })
  data!: unknown;
}

export class DealDetailDto extends DealDto {
  @ApiProperty({ type: [TimelineEntryDto], description: 'Everything recorded of the deal, oldest first' })
  timeline!: TimelineEntryDto[];
}

export class PipelineTotalDto {
  @ApiProperty({ enum: legacyStageSchema.options })
  stage!: string;

  @ApiProperty()
  count!: number;

  @ApiProperty({ type: MoneyDto, nullable: true, description: 'The sum; `null` for the deals without a value' })
  value!: MoneyDto | null;
}

export class RevenueDto {
  @ApiProperty({ format: 'date', description: 'The window begins behind this day' })
  after!: string;

  @ApiProperty({ format: 'date', description: 'The last day of the window' })
  through!: string;

  @ApiProperty({ type: [MoneyDto], description: 'Won value by currency' })
  totals!: MoneyDto[];
}

export class RevenueQuery {
  @ApiPropertyOptional({ format: 'date', description: 'Last day of the twelve months; today where absent' })
  @IsOptional()
  @IsDay()
  on?: string;
}
