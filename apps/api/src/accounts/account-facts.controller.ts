import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { account, type AccountChange } from '@tempore/accounts';
import {
  type Act,
  expectDocument,
  expectNoStake,
  expectPartners,
  type Principal,
  linkParent,
  readLine,
  viewerOf,
} from '@tempore/acts';
import { CommandRunner } from '@tempore/event-store';
import { parseInstant, Refusal } from '@tempore/kernel';
import type { Database } from '@tempore/read-models';

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
import { DATABASE } from '../reading/database';
import { Reads } from '../reading/reads';
import { seesAccount } from './sees-account';
import {
  AccountFactsDto,
  LinkParentDto,
  ProposeAccountTerritoryDto,
  ProposeHouseDto,
  RecordTermDto,
  VerifyLetterDto,
} from './account-facts.dto';

/** What filings for a customer are judged by. House and territory take two people. */
@ApiTags('Accounts')
@Controller('v1/accounts/:id')
@Allow('channel-manager', 'admin')
export class AccountFactsController {
  constructor(
    private readonly commands: Commands,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Get('facts')
  @Reads('accounts')
  @Allow('channel-manager', 'direct-rep', 'arbiter', 'auditor', 'service', 'admin')
  @ApiOperation({ summary: 'What filings for the customer are judged by, as it stands in the log' })
  @ApiOkResponse({ type: AccountFactsDto })
  async facts(@ThePrincipal() principal: Principal, @Param('id', idPipe) id: string): Promise<AccountFactsDto> {
    const { state, revision } = await this.runner.read(account, id);
    if (state.status === 'none' || !(await seesAccount(this.database, principal, id)))
      throw new Refusal('ACCOUNT_NOT_FOUND', 'not-found', 'There is no such account.');
    const { house, territory, terms, letters, parentId, proposals } = state.facts;
    return {
      id,
      revision: revision.toString(),
      house: house !== null,
      territory: territory ?? state.opening.country,
      terms: [...terms.values()]
        .filter(({ withdrawn }) => !withdrawn)
        .map(({ term, eventId }) => ({ ...term, eventId })),
      letters: [...letters.values()]
        .filter(({ withdrawn }) => !withdrawn)
        .map(({ letter: { partner: partnerId, ...letter }, eventId }) => ({ ...letter, partnerId, eventId })),
      parentId,
      proposals: toOpenProposals(proposals),
    };
  }

  @Post('proposals/house')
  @ApiOperation({ summary: 'Propose that the vendor keeps the customer for itself, or does so no more' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: ProposalAnswer })
  proposeHouse(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { house, reason }: ProposeHouseDto,
  ): Promise<ProposalAnswer> {
    return this.propose(act, id, { of: 'house', house }, reason);
  }

  @Post('proposals/territory')
  @ApiOperation({ summary: 'Propose in whose territory the customer is, where that is not its own country' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: ProposalAnswer })
  proposeTerritory(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { country, reason }: ProposeAccountTerritoryDto,
  ): Promise<ProposalAnswer> {
    return this.propose(act, id, { of: 'territory', country }, reason);
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
    await expectNoStake(this.runner, act, { accountIds: [id] });
    return this.commands.run(act, account, id, { type: 'AdoptAccountChange', data: { proposalId } });
  }

  @Post('proposals/:proposalId/withdrawal')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a proposed change off the table' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  async withdraw(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Param('proposalId', idPipe) proposalId: string,
    @Body() { reason }: WithReason,
  ): Promise<CommandAnswer> {
    await expectNoStake(this.runner, act, { accountIds: [id] });
    return this.commands.run(act, account, id, { type: 'WithdrawAccountChange', data: { proposalId, reason } });
  }

  @Post('terms')
  @Allow('channel-manager', 'service', 'admin')
  @ApiOperation({ summary: 'Record that the customer has a line, for a term' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: FactAnswer })
  async recordTerm(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { productLine, from, until, partnerOfRecord, reason }: RecordTermDto,
  ): Promise<FactAnswer> {
    if (partnerOfRecord !== undefined) await expectPartners(this.runner, 'partnerOfRecord', [partnerOfRecord]);
    const line = await readLine(this.runner, productLine);
    const partnerIds = partnerOfRecord === undefined ? [] : [partnerOfRecord];
    await expectNoStake(this.runner, act, { accountIds: [id], partnerIds });
    const termId = act.newId('term');
    const data = {
      termId,
      productLine: line.code,
      from: parseInstant(from),
      until: until === undefined ? null : parseInstant(until),
      partnerOfRecord: partnerOfRecord ?? null,
      reason,
    };
    return new FactAnswer(
      termId,
      id,
      await this.commands.execute(act, account, id, { type: 'RecordCustomer', data }, {}),
    );
  }

  @Post('terms/:termId/withdrawal')
  @HttpCode(200)
  @Allow('channel-manager', 'service', 'admin')
  @ApiOperation({ summary: 'Withdraw a term that was recorded in error, or that another one replaces' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  async withdrawTerm(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Param('termId', idPipe) termId: string,
    @Body() { reason }: WithReason,
  ): Promise<CommandAnswer> {
    await expectNoStake(this.runner, act, { accountIds: [id] });
    return this.commands.run(act, account, id, { type: 'WithdrawCustomer', data: { termId, reason } });
  }

  @Post('letters')
  @Allow('channel-manager', 'arbiter', 'admin')
  @ApiOperation({ summary: 'Record that a letter in which the customer names who is to renew was verified' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: FactAnswer })
  async verifyLetter(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { productLine, partnerId, documentId, reason }: VerifyLetterDto,
  ): Promise<FactAnswer> {
    await expectPartners(this.runner, 'partnerId', [partnerId]);
    if (documentId !== undefined) await expectDocument(this.runner, viewerOf(act.principal), 'documentId', documentId);
    const { code } = await readLine(this.runner, productLine);
    await expectNoStake(this.runner, act, { accountIds: [id], partnerIds: [partnerId] });
    const letterId = act.newId('letter');
    const data = { letterId, productLine: code, partner: partnerId, documentId: documentId ?? null, reason };
    return new FactAnswer(
      letterId,
      id,
      await this.commands.execute(act, account, id, { type: 'VerifyLetter', data }, {}),
    );
  }

  @Post('letters/:letterId/withdrawal')
  @HttpCode(200)
  @Allow('channel-manager', 'arbiter', 'admin')
  @ApiOperation({ summary: 'Record that a letter counts no more' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  async withdrawLetter(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Param('letterId', idPipe) letterId: string,
    @Body() { reason }: WithReason,
  ): Promise<CommandAnswer> {
    await expectNoStake(this.runner, act, { accountIds: [id] });
    return this.commands.run(act, account, id, { type: 'WithdrawLetter', data: { letterId, reason } });
  }

  @Post('parent')
  @HttpCode(200)
  @ApiOperation({ summary: 'Link the customer to the one that it belongs to; both stand as they are' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  async linkParent(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { parentId, reason }: LinkParentDto,
  ): Promise<CommandAnswer> {
    if (parentId === null) return this.commands.run(act, account, id, { type: 'UnlinkParent', data: { reason } });
    return new CommandAnswer(id, await this.commands.perform(act, linkParent, { id, parentId, reason }));
  }

  private async propose(act: Act, id: string, change: AccountChange, reason: string): Promise<ProposalAnswer> {
    await expectNoStake(this.runner, act, { accountIds: [id] });
    const proposalId = act.newId('proposal');
    const command = { type: 'ProposeAccountChange', data: { proposalId, change, reason } } as const;
    return new ProposalAnswer(proposalId, id, await this.commands.execute(act, account, id, command, {}));
  }
}
