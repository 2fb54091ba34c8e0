import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { filedDeal, type Principal } from '@tempore/acts';
import { hashedText, hashVersionOf } from '@tempore/deals';
import { CommandRunner } from '@tempore/event-store';

import { Allow } from '../auth/policy';
import { ThePrincipal } from '../auth/the-principal';
import { idPipe } from '../problems/id.pipe';
import { ReceiptDto, receiptOf } from './registration-answers';

/** The acknowledgement of a filing, for as long as there is a log, with all that it takes to check it. */
@ApiTags('Deals')
@Controller('v1/deals/:id/receipt')
@Allow('partner-user', 'partner-admin', 'channel-manager', 'arbiter', 'auditor')
export class ReceiptController {
  constructor(@Inject(CommandRunner) private readonly runner: CommandRunner) {}

  @Get()
  @ApiOperation({ summary: 'The receipt of the filing, as it was answered then' })
  @ApiOkResponse({ type: ReceiptDto })
  async receipt(@ThePrincipal() principal: Principal, @Param('id', idPipe) id: string): Promise<ReceiptDto> {
    return receiptOf((await filedDeal(this.runner, principal, id)).claim);
  }

  @Get('content')
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({
    summary:
      'Exactly the bytes whose SHA-256 the receipt names: what was filed, with a commitment for each sealed value',
  })
  @ApiProduces('application/json')
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  async content(@ThePrincipal() principal: Principal, @Param('id', idPipe) id: string): Promise<string> {
    const { state, claim } = await filedDeal(this.runner, principal, id);
    const filed = state.statements.find(({ eventId }) => eventId === claim.filed.eventId);
    if (!filed) throw new Error(`The deal ${id} never said what its claim was filed with`);
    return hashedText(filed.content, hashVersionOf(claim.filed));
  }
}
