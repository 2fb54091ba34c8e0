import { ApiProperty } from '@nestjs/swagger';

import { CommandAnswer } from '../commands/command-answer';

/** A fact that is on record now, under an id by which it is named later on. */
export class FactAnswer extends CommandAnswer {
  @ApiProperty({ format: 'uuid', example: '7b4de4a3-63c1-5d0b-8f55-0a2f4f3f7c11' })
  readonly factId: string;

  constructor(factId: string, ...answer: ConstructorParameters<typeof CommandAnswer>) {
    super(...answer);
    this.factId = factId;
  }
}
