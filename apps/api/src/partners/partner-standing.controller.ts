import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Act, expectAccounts, expectNoStake, readCatalogue, type Scope } from '@tempore/acts';
import { CommandRunner } from '@tempore/event-store';
import { parseInstant, Refusal } from '@tempore/kernel';
import { partner, type PartnerChange } from '@tempore/partners';

import { Allow } from '../auth/policy';
import { TheScope } from '../auth/the-scope';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { CommandAnswer } from '../commands/command-answer';
import { Commands } from '../commands/commands';
import { ProposalAnswer } from '../facts/proposal-answer';
import { WithReason } from '../commands/with-reason.dto';
import { toOpenProposals } from '../facts/proposals.dto';
import { idPipe } from '../problems/id.pipe';
import {
  PartnerGroupDto,
  PartnerKindDto,
  PartnerLinesDto,
  PartnerManagerDto,
  PartnerStandingDto,
  ProposeNamedAccountsDto,
  ProposeNamedRestrictionDto,
  ProposeTerritoriesDto,
} from './partner-standing.dto';
import { ShownEtags } from './shown-etags';

/** What a partner's filings are judged by. Territories and named accounts take two people. */
@ApiTags('Partners')
@Controller('v1/partners/:id')
@Allow('channel-manager', 'admin')
export class PartnerStandingController {
  constructor(
    private readonly commands: Commands,
    private readonly etags: ShownEtags,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  @Get('standing')
  @Allow('partner-user', 'partner-admin', 'channel-manager', 'finance', 'arbiter', 'auditor', 'service', 'admin')
  @ApiOperation({ summary: 'What the partner’s filings are judged by, as it stands in the log' })
  @ApiOkResponse({ type: PartnerStandingDto })
  async standing(@TheScope() scope: Scope, @Param('id', idPipe) id: string): Promise<PartnerStandingDto> {
    const visible = scope === 'everybody' || scope.partnerId === id;
    const { state, revision } = await this.runner.read(partner, id);
    if (!visible || state.status === 'none')
      throw new Refusal('PARTNER_NOT_FOUND', 'not-found', 'There is no such partner.');
    const { namedAccounts, proposals, ...standing } = state.standing;
    const shown = {
      id,
      ...standing,
      namedAccounts: [...namedAccounts],
      proposals: scope === 'everybody' ? toOpenProposals(proposals) : null,
    };
    return { ...shown, revision: this.etags.of(scope, revision, shown) };
  }

  @Post('proposals/territories')
  @ApiOperation({ summary: 'Propose in which countries the partner may register' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: ProposalAnswer })
  async proposeTerritories(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { territories, reason }: ProposeTerritoriesDto,
  ): Promise<ProposalAnswer> {
    const lineOf = await readCatalogue(this.runner);
    const named = territories?.map(({ country, productLine = null }) => ({
      country,
      productLine: productLine === null ? null : lineOf(productLine).code,
    }));
    return this.propose(act, id, { of: 'territories', territories: named ?? null }, reason);
  }

  @Post('proposals/named-accounts')
  @ApiOperation({ summary: 'Propose to name accounts, or to name them no more' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: ProposalAnswer })
  async proposeNamedAccounts(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { added = [], removed = [], reason }: ProposeNamedAccountsDto,
  ): Promise<ProposalAnswer> {
    await expectAccounts(this.runner, 'added', added);
    await expectNoStake(this.runner, act, { accountIds: [...added, ...removed], partnerIds: [id] });
    return this.propose(act, id, { of: 'named-accounts', added, removed }, reason);
  }

  @Post('proposals/named-restriction')
  @ApiOperation({ summary: 'Propose that the partner may register its named accounts and no others, or any' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: ProposalAnswer })
  proposeNamedRestriction(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { restricted, reason }: ProposeNamedRestrictionDto,
  ): Promise<ProposalAnswer> {
    return this.propose(act, id, { of: 'named-restriction', restricted }, reason);
  }

  @Post('proposals/:proposalId/adoption')
  @HttpCode(200)
  @ApiOperation({ summary: 'Adopt a proposed change, as somebody else than who proposed it' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  async adopt(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Param('proposalId', idPipe) proposalId: string,
  ): Promise<CommandAnswer> {
    const { state } = await this.runner.read(partner, id);
    const change = state.status === 'none' ? undefined : state.standing.proposals.get(proposalId)?.change;
    const accountIds = change?.of === 'named-accounts' ? [...change.added, ...change.removed] : [];
    await expectNoStake(this.runner, act, { accountIds, partnerIds: [id] });
    return this.commands.run(act, partner, id, { type: 'AdoptPartnerChange', data: { proposalId } });
  }

  @Post('proposals/:proposalId/withdrawal')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a proposed change off the table' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  withdraw(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Param('proposalId', idPipe) proposalId: string,
    @Body() { reason }: WithReason,
  ): Promise<CommandAnswer> {
    return this.commands.run(act, partner, id, { type: 'WithdrawPartnerChange', data: { proposalId, reason } });
  }

  @Post('group')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record under whose common control the partner is' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  group(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { groupId, reason }: PartnerGroupDto,
  ): Promise<CommandAnswer> {
    return groupId === null
      ? this.commands.run(act, partner, id, { type: 'LeavePartnerGroup', data: { reason } })
      : this.commands.run(act, partner, id, { type: 'JoinPartnerGroup', data: { groupId, reason } });
  }

  @Post('lines')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record which lines the partner may sell, and what each asks of it' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  async lines(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { lines, reason }: PartnerLinesDto,
  ): Promise<CommandAnswer> {
    const lineOf = await readCatalogue(this.runner);
    const agreed = lines?.map(({ productLine, minimumTier = 'bronze', certifiedPeople = 0 }) => ({
      productLine: lineOf(productLine).code,
      minimumTier,
      certifiedPeople,
    }));
    return this.commands.run(act, partner, id, { type: 'AgreePartnerLines', data: { lines: agreed ?? null, reason } });
  }

  @Post('kind')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record whether the partner resells or refers, as its agreement says' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  kind(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { kind, reason }: PartnerKindDto,
  ): Promise<CommandAnswer> {
    return this.commands.run(act, partner, id, { type: 'AgreePartnerKind', data: { kind, reason } });
  }

  @Post('manager')
  @HttpCode(200)
  @ApiOperation({ summary: 'Assign the partner’s account manager from an instant on' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  manager(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { managerId, from }: PartnerManagerDto,
  ): Promise<CommandAnswer> {
    const since = from === undefined ? act.meta.now : parseInstant(from);
    return this.commands.run(act, partner, id, { type: 'AssignPartnerManager', data: { managerId, from: since } });
  }

  private async propose(act: Act, id: string, change: PartnerChange, reason: string): Promise<ProposalAnswer> {
    const proposalId = act.newId('proposal');
    const command = { type: 'ProposePartnerChange', data: { proposalId, change, reason } } as const;
    return new ProposalAnswer(proposalId, id, await this.commands.execute(act, partner, id, command, {}));
  }
}
