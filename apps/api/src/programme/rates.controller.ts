import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Act } from '@tempore/acts';
import { CommandRunner } from '@tempore/event-store';
import { type Day, type Instant, parseInstant, Refusal } from '@tempore/kernel';
import { policy, policyAt, PROGRAMME, rates, ratesAt } from '@tempore/programme';

import { CLOCK, type Clock } from '../../../composition/src/clock';
import { Allow } from '../auth/policy';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { CommandAnswer } from '../commands/command-answer';
import { Commands } from '../commands/commands';
import { WithReason } from '../commands/with-reason.dto';
import { ProposalAnswer } from '../facts/proposal-answer';
import { toOpenProposals } from '../facts/proposals.dto';
import { idPipe } from '../problems/id.pipe';
import { PolicyAtQuery } from './policies.dto';
import { ProposeRatesDto, RatesDto } from './rates.dto';

/** What other currencies are worth in the programme's. Rates take two people. */
@ApiTags('Rates')
@Controller('v1/rates')
@Allow('channel-manager', 'finance', 'admin')
export class RatesController {
  constructor(
    private readonly commands: Commands,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('channel-manager', 'direct-rep', 'finance', 'arbiter', 'panel-member', 'auditor', 'service', 'admin')
  @ApiOperation({ summary: 'The rates that count, now or at an instant' })
  @ApiOkResponse({ type: RatesDto })
  async list(@Query() { at }: PolicyAtQuery): Promise<RatesDto> {
    const instant = at === undefined ? this.clock() : parseInstant(at);
    const [{ state, revision }, to] = await Promise.all([this.runner.read(rates, PROGRAMME), this.currencyAt(instant)]);
    return {
      revision: revision.toString(),
      to,
      rates: ratesAt(state, to, instant).map(({ currency, perUnit, source, on }) => ({
        currency,
        perUnit,
        source,
        on,
      })),
      proposals: toOpenProposals(state.proposals),
    };
  }

  @Post('proposals/rates')
  @ApiOperation({ summary: 'Propose rates to the programme’s currency of today' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: ProposalAnswer })
  async propose(@TheAct() act: Act, @Body() { rates: quoted, reason }: ProposeRatesDto): Promise<ProposalAnswer> {
    const to = await this.currencyAt(act.meta.now);
    const proposalId = act.newId('proposal');
    // The decider checks the days, so that a wrong one is named with all that is wrong beside it.
    const change = {
      rates: quoted.map(({ currency, perUnit, source, on }) => ({ currency, to, perUnit, source, on: on as Day })),
    };
    const command = { type: 'ProposeRates', data: { proposalId, change, reason } } as const;
    return new ProposalAnswer(proposalId, PROGRAMME, await this.commands.execute(act, rates, PROGRAMME, command, {}));
  }

  @Post('proposals/:proposalId/adoption')
  @HttpCode(200)
  @ApiOperation({ summary: 'Adopt proposed rates, as somebody else than who proposed them' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  adopt(@TheAct() act: Act, @Param('proposalId', idPipe) proposalId: string): Promise<CommandAnswer> {
    return this.commands.run(act, rates, PROGRAMME, { type: 'AdoptRates', data: { proposalId } });
  }

  @Post('proposals/:proposalId/withdrawal')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take proposed rates off the table' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  withdraw(
    @TheAct() act: Act,
    @Param('proposalId', idPipe) proposalId: string,
    @Body() { reason }: WithReason,
  ): Promise<CommandAnswer> {
    return this.commands.run(act, rates, PROGRAMME, { type: 'WithdrawRates', data: { proposalId, reason } });
  }

  private async currencyAt(instant: Instant): Promise<string> {
    const known = policyAt((await this.runner.read(policy, PROGRAMME)).state, instant);
    if (known) return known.policy.currency;
    throw new Refusal('POLICY_NOT_FOUND', 'not-found', `No policy was in force at ${instant}.`);
  }
}
