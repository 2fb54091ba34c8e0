import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { PersonDone } from '@tempore/acts';
import type { PersonState } from '@tempore/people';

import { CommandAnswer } from '../commands/command-answer';
import { IsInstant } from '../fields/is-instant';
import { OrAbsent } from '../fields/or-absent';
import { IsText } from '../fields/is-written';

export class ReasonDto {
  @ApiProperty({ example: 'The person asked by mail on 2 March', maxLength: 1_000 })
  @IsText(1_000)
  reason!: string;
}

export class PlaceLegalHoldDto extends ReasonDto {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'When the hold ends by itself; it stands until it is lifted where this is left out',
  })
  @OrAbsent()
  @IsInstant()
  until?: string;
}

export class LegalHoldDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  reason!: string;

  @ApiProperty({ type: Date, nullable: true })
  until!: Date | string | null;
}

/** How a person stands after a command: whether the data is kept, waits for its erasure, or is gone. */
export class PersonAnswer extends CommandAnswer {
  @ApiProperty({
    enum: ['kept', 'erasure-requested', 'erasing', 'erased'],
    description: '`erasure-requested` while a legal hold delays it, `erasing` where it goes on in the background',
  })
  readonly status: PersonState['status'];

  @ApiProperty({ type: [LegalHoldDto], description: 'The legal holds that stand' })
  readonly legalHolds: readonly LegalHoldDto[];

  constructor(id: string, { outcome, status, holds }: PersonDone) {
    super(id, outcome);
    this.status = status;
    this.legalHolds = holds.map(({ holdId, reason, until }) => ({ id: holdId, reason, until }));
  }
}

class HoldOnPersonDto extends LegalHoldDto {
  @ApiProperty()
  placedAt!: Date;

  @ApiProperty({ type: Date, nullable: true })
  liftedAt!: Date | null;
}

export class PersonDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['kept', 'erased'], description: 'Of an erased person nobody can read anything again' })
  status!: 'kept' | 'erased';

  @ApiProperty({ type: String, nullable: true, example: 'Ada Lovelace' })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'ada@contoso.example' })
  email!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '+44 20 7946 0000' })
  phone!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Head of IT' })
  position!: string | null;

  @ApiProperty({ type: Date, nullable: true })
  erasureRequestedAt!: Date | null;

  @ApiProperty({ type: Date, nullable: true })
  erasedAt!: Date | null;

  @ApiProperty({
    type: [HoldOnPersonDto],
    nullable: true,
    description: 'Everything that delays or delayed an erasure; null for a partner’s own people',
  })
  legalHolds!: readonly HoldOnPersonDto[] | null;
}
