import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { policyVersion1, type PolicyVersion } from '@tempore/programme';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsInt,
  IsISO31661Alpha2,
  IsObject,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

import { IsInstant } from '../fields/is-instant';
import { WithReason } from '../commands/with-reason.dto';
import { OrAbsent } from '../fields/or-absent';
import { IsName } from '../fields/is-written';

const POLICY = {
  type: 'object',
  additionalProperties: true,
  example: policyVersion1,
} as const;

/** Some calendars take milliseconds to compute a year of: the API answers nobody else meanwhile. */
const MAX_SETS = 10;
const MAX_YEARS = 10;

class HolidaySetDto {
  @ApiProperty({ example: 'DE', description: 'ISO 3166-1 alpha-2' })
  @IsISO31661Alpha2()
  country!: string;

  @ApiPropertyOptional({ example: 'BY', description: 'Part of the country: ISO 3166-2 without the country' })
  @OrAbsent()
  @IsName(10)
  state?: string;

  @ApiPropertyOptional({ example: 'A', description: 'Part of the state, as `date-holidays` names it' })
  @OrAbsent()
  @IsName(10)
  region?: string;

  @ApiProperty({ type: [Number], example: [2026, 2027] })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_YEARS)
  @IsInt({ each: true })
  @Min(2000, { each: true })
  @Max(2100, { each: true })
  years!: number[];
}

export class ProposePolicyDto extends WithReason {
  @ApiProperty({ example: 2, description: 'One more than the latest version that was proposed' })
  @IsInt()
  @Min(1)
  version!: number;

  @ApiPropertyOptional({
    format: 'date-time',
    example: '2026-04-01T00:00:00.000Z',
    description: 'From when on filings are judged by it; left out: from its adoption on. Never past.',
  })
  @OrAbsent()
  @IsInstant()
  effectiveFrom?: string;

  @ApiProperty({
    ...POLICY,
    description: 'The whole policy: start from the one in force. Every field at fault is named in one answer.',
  })
  @IsObject()
  policy!: Record<string, unknown>;

  @ApiPropertyOptional({ type: [HolidaySetDto], description: 'Public holidays to add to those of the calendar' })
  @OrAbsent()
  @IsArray()
  @ArrayMaxSize(MAX_SETS)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => HolidaySetDto)
  holidaySets?: HolidaySetDto[];
}

export class PolicyAtQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'The instant that is asked for; now where left out' })
  @IsOptional()
  @IsInstant()
  at?: string;
}

export class PolicyDto {
  @ApiProperty({ example: 1 })
  version!: number;

  @ApiProperty({
    enum: ['founded', 'supplemented', 'proposed', 'adopted', 'withdrawn'] satisfies PolicyVersion['status'][],
  })
  status!: PolicyVersion['status'];

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: '`null` of a proposal that is to take effect when it is adopted',
  })
  effectiveFrom!: string | null;

  @ApiProperty(POLICY)
  policy!: object;

  @ApiPropertyOptional({ description: 'Why it was proposed' })
  reason?: string;

  @ApiPropertyOptional({ description: 'Pseudonymous id' })
  proposedBy?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  proposedAt?: string;

  @ApiPropertyOptional({ description: 'Pseudonymous id of the second person' })
  adoptedBy?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  adoptedAt?: string;

  @ApiPropertyOptional({ type: [HolidaySetDto], description: 'Where holidays of its calendar came from' })
  holidaySets?: object[];
}

export class PoliciesDto {
  @ApiProperty({ description: 'Of the programme’s stream; the ETag', example: '0' })
  revision!: string;

  @ApiProperty({ type: [PolicyDto], description: 'In the order in which they were proposed' })
  items!: PolicyDto[];
}
