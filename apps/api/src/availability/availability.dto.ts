import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import type { Availability } from '@tempore/dockets';
import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';

import { CommandAnswer } from '../commands/command-answer';
import { CustomerDto } from '../registration/deal-content.dto';
import { OrAbsent } from '../fields/or-absent';
import { IsName } from '../fields/is-written';

/** By a domain or a registry number with its country: names are no keys. */
export class AskedCustomerDto extends PickType(CustomerDto, ['country', 'domain', 'registryNumber'] as const) {}

export class CheckAvailabilityDto {
  @ApiProperty({ type: AskedCustomerDto })
  @IsObject()
  @ValidateNested()
  @Type(() => AskedCustomerDto)
  customer!: AskedCustomerDto;

  @ApiProperty({ example: 'Gateway', maxLength: 200 })
  @IsName(200)
  productLine!: string;

  @ApiPropertyOptional({ example: 'Plant Basel', maxLength: 200 })
  @OrAbsent()
  @IsName(200)
  site?: string;
}

export class AvailabilityAnswer extends CommandAnswer {
  @ApiProperty({
    enum: ['free', 'taken', 'queued'],
    description: '`queued`: your own claim waits in line. Nothing is held by asking',
  })
  readonly availability: Availability;

  constructor(availability: Availability, ...answer: ConstructorParameters<typeof CommandAnswer>) {
    super(...answer);
    this.availability = availability;
  }
}
