import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsBoolean, IsObject, IsOptional, ValidateNested } from 'class-validator';

import { DealContentDto, RegistrationLineDto } from './deal-content.dto';

const MOST_LINES = 20;

export class SubmissionQuery {
  @ApiPropertyOptional({ description: '`true`: say what submitting would bring, and file nothing' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  dryRun?: boolean;
}

/** One form for one project: what all lines share, and what differs from line to line. */
export class RegistrationFormDto extends OmitType(DealContentDto, [
  'productLine',
  'type',
  'value',
  'site',
  'ownReference',
] as const) {
  @ApiProperty({ type: [RegistrationLineDto], description: 'Each becomes a deal of its own, and files by itself' })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_LINES)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => RegistrationLineDto)
  lines!: RegistrationLineDto[];
}
