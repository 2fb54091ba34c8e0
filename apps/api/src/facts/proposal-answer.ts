import { ApiProperty } from '@nestjs/swagger';

import { CommandAnswer } from '../commands/command-answer';

/** A change that waits for a second person, who adopts it under the id given here. */
export class ProposalAnswer extends CommandAnswer {
  @ApiProperty({ format: 'uuid', example: '7b4de4a3-63c1-5d0b-8f55-0a2f4f3f7c11' })
  readonly proposalId: string;

  constructor(proposalId: string, ...answer: ConstructorParameters<typeof CommandAnswer>) {
    super(...answer);
    this.proposalId = proposalId;
  }
}
