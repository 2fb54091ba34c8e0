import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { dealStageSchema, legacyStageSchema } from '@tempore/deals';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

import { IsId } from '../commands/is-id';
import { IsDay } from '../fields/is-day';
import { MoneyDto } from '../fields/money.dto';
import { PageDto, PageQuery } from '../reading/page.dto';

/** Where a registered deal may stand (rulebook 3). */
const statuses = [
  'draft',
  'submitted',
  'queued',
  'offered',
  'in-review',
  'action-required',
  'approved',
  'rejected',
  'lapsed',
  'withdrawn',
  'released',
  'expired',
  'won',
  'lost',
  'superseded',
] as const;

/** How far a sale has come: as another system has it, as its partner reports it, or as far as its place. */
export const stages: readonly string[] = [
  ...new Set([...legacyStageSchema.options, ...dealStageSchema.options, ...statuses]),
];

const listed = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? value.split(',') : value);

export class DealsQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  partnerId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  accountId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  docketId?: string;

  @ApiPropertyOptional({ enum: statuses, isArray: true, description: 'One or several; of deals registered here' })
  @IsOptional()
  @Transform(listed)
  @IsArray()
  @ArrayMaxSize(statuses.length)
  @IsIn(statuses, { each: true })
  status?: string[];

  @ApiPropertyOptional({ enum: stages, isArray: true, description: 'One or several' })
  @IsOptional()
  @Transform(listed)
  @IsArray()
  @ArrayMaxSize(stages.length)
  @IsIn(stages, { each: true })
  stage?: string[];

  @ApiPropertyOptional({ example: 'GTX Pro', description: 'By any of its spellings' })
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

  @ApiPropertyOptional({
    description: 'A part of the reference, the account’s name or the product line',
    example: 'Contoso',
  })
  @IsOptional()
  @IsString()
  @MaxLength(300)
  search?: string;
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

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'GTX Pro',
    description: '`null` where a draft does not say yet',
  })
  productLine!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The source’s spelling, where it was mapped' })
  productAsGiven!: string | null;

  @ApiProperty({
    enum: statuses,
    nullable: true,
    description: 'Where a deal that was registered here stands; `null` for a sale of another system',
  })
  status!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  docketId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  site!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'new' })
  dealType!: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  estimatedClose!: string | null;

  @ApiProperty({ type: String, nullable: true })
  ownReference!: string | null;

  @ApiProperty({ type: String, nullable: true })
  projectReference!: string | null;

  @ApiProperty({ enum: stages })
  stage!: string;

  @ApiProperty({ type: MoneyDto, nullable: true, description: 'Of a registered deal in the programme’s currency' })
  value!: MoneyDto | null;

  @ApiProperty({ type: MoneyDto, nullable: true, description: 'Its value by an amendment that waits for the vendor' })
  amendedValue!: MoneyDto | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  openedOn!: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  closedOn!: string | null;

  @ApiProperty({ type: SourceDto, nullable: true, description: '`null` for a deal that was registered here' })
  source!: SourceDto | null;

  @ApiProperty({ type: Date, nullable: true, description: 'When the source says that this was so' })
  assertedAt!: Date | null;

  @ApiProperty({ format: 'date-time', description: 'When it was recorded here' })
  recordedAt!: Date;
}

export class DealPageDto extends PageDto {
  @ApiProperty({ type: [DealDto] })
  items!: DealDto[];
}
