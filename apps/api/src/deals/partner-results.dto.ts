import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';

import { IsDay } from '../fields/is-day';
import { MoneyDto } from '../fields/money.dto';
import { stages } from './deals.dto';

export class PipelineTotalDto {
  @ApiProperty({ enum: stages })
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
