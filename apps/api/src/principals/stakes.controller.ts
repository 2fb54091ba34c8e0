import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Act, expectAccounts, expectPartners, type Principal } from '@tempore/acts';
import { CommandRunner } from '@tempore/event-store';
import { principal, type StakeChange } from '@tempore/principals';

import { Allow } from '../auth/policy';
import { ThePrincipal } from '../auth/the-principal';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { CommandAnswer } from '../commands/command-answer';
import { Commands } from '../commands/commands';
import { ProposalAnswer } from '../facts/proposal-answer';
import { WithReason } from '../commands/with-reason.dto';
import { toOpenProposals } from '../facts/proposals.dto';
import { FactAnswer } from '../facts/fact-answer';
import { idPipe } from '../problems/id.pipe';
import { DeclareStakeDto, ProposeStakeDto, ProposeStakeEndDto, StakesDto } from './stakes.dto';

/** Who decides nothing on whom. People declare their own stakes; what is said of others takes two people. */
@ApiTags('Stakes')
@Controller('v1')
@Allow('channel-manager', 'admin')
export class StakesController {
  constructor(
    private readonly commands: Commands,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  @Get('stakes')
  @Allow('channel-manager', 'direct-rep', 'finance', 'arbiter', 'panel-member', 'auditor', 'service', 'admin')
  @ApiOperation({ summary: 'One’s own stakes' })
  @ApiOkResponse({ type: StakesDto })
  own(@ThePrincipal() { id }: Principal): Promise<StakesDto> {
    return this.stakesOf(id);
  }

  @Get('principals/:id/stakes')
  @Allow('channel-manager', 'auditor', 'admin')
  @ApiOperation({ summary: 'Somebody’s stakes' })
  @ApiOkResponse({ type: StakesDto })
  find(@Param('id', idPipe) id: string): Promise<StakesDto> {
    return this.stakesOf(id);
  }

  @Post('stakes')
  @Allow('channel-manager', 'direct-rep', 'finance', 'arbiter', 'panel-member', 'auditor', 'service', 'admin')
  @ApiOperation({ summary: 'Declare a stake of one’s own: it counts at once' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: FactAnswer })
  async declare(@TheAct() act: Act, @Body() { on, id, reason }: DeclareStakeDto): Promise<FactAnswer> {
    await this.expectSubject(on, id);
    const stakeId = act.newId('stake');
    const principalId = act.principal.id;
    const data = { principalId, stake: { stakeId, on, id }, reason };
    const outcome = await this.commands.execute(act, principal, principalId, { type: 'DeclareStake', data }, {});
    return new FactAnswer(stakeId, principalId, outcome);
  }

  @Post('principals/:id/proposals/stakes')
  @ApiOperation({ summary: 'Propose that somebody has a stake' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: ProposalAnswer })
  async proposeStake(
    @TheAct() act: Act,
    @Param('id', idPipe) principalId: string,
    @Body() { on, id, kind, reason }: ProposeStakeDto,
  ): Promise<ProposalAnswer> {
    await this.expectSubject(on, id);
    const stake = { stakeId: act.newId('stake'), on, id, kind };
    return this.propose(act, principalId, { of: 'stake', stake }, reason);
  }

  @Post('principals/:id/proposals/stake-ends')
  @ApiOperation({ summary: 'Propose that somebody has a stake no more, however it came to be known' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: ProposalAnswer })
  proposeStakeEnd(
    @TheAct() act: Act,
    @Param('id', idPipe) principalId: string,
    @Body() { stakeId, reason }: ProposeStakeEndDto,
  ): Promise<ProposalAnswer> {
    return this.propose(act, principalId, { of: 'stake-end', stakeId }, reason);
  }

  @Post('principals/:id/proposals/:proposalId/adoption')
  @HttpCode(200)
  @ApiOperation({ summary: 'Adopt a proposed change, as somebody else than who proposed it and whom it concerns' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  adopt(
    @TheAct() act: Act,
    @Param('id', idPipe) principalId: string,
    @Param('proposalId', idPipe) proposalId: string,
  ): Promise<CommandAnswer> {
    const command = { type: 'AdoptStakeChange', data: { principalId, proposalId } } as const;
    return this.commands.run(act, principal, principalId, command);
  }

  @Post('principals/:id/proposals/:proposalId/withdrawal')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a proposed change off the table' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  withdraw(
    @TheAct() act: Act,
    @Param('id', idPipe) principalId: string,
    @Param('proposalId', idPipe) proposalId: string,
    @Body() { reason }: WithReason,
  ): Promise<CommandAnswer> {
    const command = { type: 'WithdrawStakeChange', data: { proposalId, reason } } as const;
    return this.commands.run(act, principal, principalId, command);
  }

  private async stakesOf(id: string): Promise<StakesDto> {
    const { state, revision } = await this.runner.read(principal, id);
    return {
      id,
      revision: revision.toString(),
      stakes: [...state.stakes.values()].map(({ stake, ...period }) => ({ ...stake, ...period })),
      proposals: toOpenProposals(state.proposals),
    };
  }

  private async propose(act: Act, id: string, change: StakeChange, reason: string): Promise<ProposalAnswer> {
    const proposalId = act.newId('proposal');
    const command = { type: 'ProposeStakeChange', data: { proposalId, change, reason } } as const;
    return new ProposalAnswer(proposalId, id, await this.commands.execute(act, principal, id, command, {}));
  }

  private expectSubject(on: DeclareStakeDto['on'], id: string): Promise<void> {
    return on === 'account' ? expectAccounts(this.runner, 'id', [id]) : expectPartners(this.runner, 'id', [id]);
  }
}
