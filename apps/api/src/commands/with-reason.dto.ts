import { ApiProperty } from '@nestjs/swagger';

import { IsText } from '../fields/is-written';

/** The body of a command that asks why. */
export class WithReason {
  @ApiProperty({
    example: 'Agreed in the meeting of 2 March',
    maxLength: 1_000,
    description: 'For whoever looks later',
  })
  @IsText(1_000)
  reason!: string;
}
