import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Act, registerForm } from '@tempore/acts';

import { Allow } from '../auth/policy';
import { ApiCommandHeaders, DECIDED_ANEW, TheAct } from '../commands/act';
import { Commands } from '../commands/commands';
import { partnerOf } from './deals-of-partner.controller';
import { RegistrationsAnswer, registrationsAnswerOf } from './registration-answers';
import { RegistrationFormDto } from './registration.dto';

@ApiTags('Deals')
@Controller('v1/registrations')
@Allow('partner-user', 'partner-admin')
export class RegistrationsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @ApiOperation({
    summary:
      'Register a project by one form: each line becomes a deal and files by itself; one that is refused stays a draft',
    description: `Where no line was filed the answer is 409 \`FORM_REFUSED\`, with what stands against each. A line that repeats what you have filed leaves no draft. ${DECIDED_ANEW}`,
  })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: RegistrationsAnswer })
  async register(@TheAct() act: Act, @Body() form: RegistrationFormDto): Promise<RegistrationsAnswer> {
    const partnerId = partnerOf(act.principal);
    return registrationsAnswerOf(await this.commands.perform(act, registerForm, { partnerId, form }));
  }
}
