import { ApiProperty } from '@nestjs/swagger';

import { IsId } from '../commands/is-id';
import { WithReason } from '../commands/with-reason.dto';

export class RevokeTokensDto extends WithReason {
  @ApiProperty({ format: 'uuid', description: 'Whose tokens: as events name who acts' })
  @IsId()
  principalId!: string;
}
