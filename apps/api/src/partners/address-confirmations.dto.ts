import { ApiProperty } from '@nestjs/swagger';

import { IsName } from '../fields/is-written';

/** Of the link that was mailed. */
export class MailedLinkDto {
  @ApiProperty({
    description: 'As the link in the mail has it',
    maxLength: 1_000,
    example: 'DW7PMJHyU7QVdtc4mfpbvB1-30ChAmPEJYbnSKkKa8wtju9QsRJz1DWW91i5GnvcPZ7_YMEig',
  })
  @IsName(1_000)
  token!: string;
}

export class AddressConfirmedDto {
  @ApiProperty({ enum: ['confirmed'] })
  address!: 'confirmed';
}
