import { Body, Controller, Inject, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Act, revokeTokens } from '@tempore/acts';
import { InvalidFields, toInstant } from '@tempore/kernel';

import { ID_OF_SUBJECT, type IdOfSubject } from '../auth/id-of-subject';
import { Allow } from '../auth/policy';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { CommandAnswer } from '../commands/command-answer';
import { Commands } from '../commands/commands';
import { RevokeTokensDto } from './token-revocations.dto';

/** The block list of bearer tokens: for whoever left, and for a token that got into other hands. */
@ApiTags('Tokens')
@Controller('v1/token-revocations')
@Allow('admin')
export class TokenRevocationsController {
  constructor(
    private readonly commands: Commands,
    @Inject(ID_OF_SUBJECT) private readonly idOf: IdOfSubject,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Revoke whatever tokens somebody holds: within a minute none of them lets anybody in' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: CommandAnswer })
  async revoke(@TheAct() act: Act, @Body() body: RevokeTokensDto): Promise<CommandAnswer> {
    const principalId = this.bearerOf(body);
    const what = { principalId, reason: body.reason, issuedUntil: toInstant(new Date()) };
    return new CommandAnswer(principalId, await this.commands.perform(act, revokeTokens, what));
  }

  private bearerOf({ principalId, subject }: RevokeTokensDto): string {
    if (principalId !== undefined && subject === undefined) return principalId;
    const message = 'must be given where the other is not, and only there';
    if (subject === undefined || principalId !== undefined)
      throw new InvalidFields(['principalId', 'subject'].map((field) => ({ field, message })));
    const id = this.idOf(subject);
    if (id !== undefined) return id;
    throw new InvalidFields([{ field: 'subject', message: 'must be a UUID, as the local issuer has them' }]);
  }
}
