import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsObject, Matches, ValidateNested } from 'class-validator';

import { WithReason } from '../commands/with-reason.dto';
import { OpenProposalDto } from '../facts/proposals.dto';
import { IsCurrency } from '../fields/is-currency';
import { IsName } from '../fields/is-written';

const MAX_RATES = 200;

export class RateDto {
  @ApiProperty({ example: 'EUR', description: 'ISO 4217' })
  @IsCurrency()
  currency!: string;

  @ApiProperty({ example: '1.12', description: 'What one unit is worth in the programme’s currency' })
  @Matches(/^\d{1,12}(\.\d{1,12})?$/, { message: '$property must be a decimal such as 1.12' })
  perUnit!: string;

  @ApiProperty({ example: 'ECB reference rate' })
  @IsName(300)
  source!: string;

  @ApiProperty({ format: 'date', example: '2026-03-02', description: 'The day that the source names' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: '$property must be a calendar day such as 2026-01-31' })
  on!: string;
}

export class ProposeRatesDto extends WithReason {
  @ApiProperty({ type: [RateDto] })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_RATES)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => RateDto)
  rates!: RateDto[];
}

export class RatesDto {
  @ApiProperty({ description: 'Of the stream of rates; the ETag', example: '3' })
  revision!: string;

  @ApiProperty({ example: 'USD', description: 'The programme’s currency' })
  to!: string;

  @ApiProperty({ type: [RateDto], description: 'One of each currency: that of the latest day' })
  rates!: RateDto[];

  @ApiProperty({ type: [OpenProposalDto], description: 'What waits for a second person' })
  proposals!: OpenProposalDto[];
}
