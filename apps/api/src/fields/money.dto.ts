import { ApiProperty } from '@nestjs/swagger';

export class MoneyDto {
  @ApiProperty({ description: 'Integer minor units of the currency', example: 105400 })
  minorUnits!: number;

  @ApiProperty({ description: 'ISO 4217', example: 'USD' })
  currency!: string;
}
