import { ApiPropertyOptional } from '@nestjs/swagger';

import { IsId } from '../commands/is-id';
import { WithReason } from '../commands/with-reason.dto';
import { IsName } from '../fields/is-written';
import { OrAbsent } from '../fields/or-absent';

export class RevokeTokensDto extends WithReason {
  @ApiPropertyOptional({ format: 'uuid', description: 'Whose tokens: as events name who acts' })
  @OrAbsent()
  @IsId()
  principalId?: string;

  @ApiPropertyOptional({
    example: 'ada@vendor.example',
    description: 'Whose tokens: as the issuer names them in `sub`; kept nowhere',
  })
  @OrAbsent()
  @IsName(255)
  subject?: string;
}
