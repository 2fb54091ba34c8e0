import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { toInstant } from '@tempore/kernel';
import { principal } from '@tempore/principals';

import { Allow } from '../auth/policy';
import { type Act, ApiCommandHeaders, TheAct } from '../commands/act';
import { CommandAnswer } from '../commands/command-answer';
import { Commands } from '../commands/commands';
import { RevokeTokensDto } from './token-revocations.dto';

/** The block list of bearer tokens: for whoever left, and for a token that got into other hands. */
@ApiTags('Tokens')
@Controller('v1/token-revocations')
@Allow('admin')
export class TokenRevocationsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @ApiOperation({ summary: 'Revoke whatever tokens somebody holds: within a minute none of them lets anybody in' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: CommandAnswer })
  revoke(@TheAct() act: Act, @Body() { principalId, reason }: RevokeTokensDto): Promise<CommandAnswer> {
    // Issuers go by the time of day, also where the installation's clock is simulated.
    const data = { issuedUntil: toInstant(new Date()), reason };
    return this.commands.run(act, principal, principalId, { type: 'RevokeTokens', data });
  }
}
