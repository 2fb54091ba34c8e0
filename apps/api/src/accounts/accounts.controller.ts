import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { account, type AccountKey, domainKey, openingOf, registryKey } from '@tempore/accounts';
import { type Act, addCustomerKey, audienceOf, customerNamedBy, openCustomer, type Principal } from '@tempore/acts';
import { CommandRunner } from '@tempore/event-store';
import { InvalidFields, parseInstant, Refusal } from '@tempore/kernel';
import {
  type Account,
  type AccountDetail,
  type Database,
  findAccount,
  listAccounts,
  type Page,
} from '@tempore/read-models';
import type { FastifyReply } from 'fastify';

import { Allow } from '../auth/policy';
import { ThePrincipal } from '../auth/the-principal';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { CommandAnswer } from '../commands/command-answer';
import { Commands } from '../commands/commands';
import { LimitedAs } from '../limits/rate-guard';
import { idPipe } from '../problems/id.pipe';
import { DATABASE } from '../reading/database';
import { Reads } from '../reading/reads';
import { seesAccount } from './sees-account';
import {
  AccountDetailDto,
  AccountPageDto,
  AccountsQuery,
  AddAliasDto,
  AddKeyDto,
  KnownAccountDto,
  KnownAccountQuery,
  OpenAccountDto,
  OpeningAnswer,
  RenameDto,
} from './accounts.dto';

/** Customers are the vendor's: no partner's person sees who else is one. */
@ApiTags('Accounts')
@Controller('v1/accounts')
export class AccountsController {
  constructor(
    private readonly commands: Commands,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  @Post()
  @Allow('channel-manager', 'service', 'admin')
  @ApiOperation({ summary: 'Open a customer, or find the one that its registry number or domains name' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: OpeningAnswer, description: 'The customer was opened' })
  @ApiOkResponse({ type: OpeningAnswer, description: 'The customer was open before' })
  async open(
    @TheAct() act: Act,
    @Body() { legalName, country, registryNumber, domains = [] }: OpenAccountDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpeningAnswer> {
    const keys = domains.map(domainKey);
    if (registryNumber) keys.push(registryKey(registryNumber.country, registryNumber.number));
    const opening = openingOf({ legalName, country: country ?? null, keys, source: null });
    const { id, opened, outcome } = await this.commands.perform(act, openCustomer, { opening });
    void reply.status(opened ? 201 : 200);
    return new OpeningAnswer(id, opened, outcome);
  }

  @Post(':id/aliases')
  @HttpCode(200)
  @Allow('channel-manager', 'service', 'admin')
  @ApiOperation({ summary: 'Record a name by which the customer is, or was, also known' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  addAlias(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { name, validFrom, validUntil }: AddAliasDto,
  ): Promise<CommandAnswer> {
    return this.commands.run(act, account, id, {
      type: 'AddAccountAlias',
      data: {
        name,
        validFrom: parseInstant(validFrom),
        validUntil: validUntil === undefined ? null : parseInstant(validUntil),
      },
    });
  }

  @Post(':id/renames')
  @HttpCode(200)
  @Allow('channel-manager', 'service', 'admin')
  @ApiOperation({ summary: 'Record that the legal name changed; the old one goes on finding the customer' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  rename(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { name, validFrom }: RenameDto,
  ): Promise<CommandAnswer> {
    const data = { name, validFrom: parseInstant(validFrom) };
    return this.commands.run(act, account, id, { type: 'RenameAccount', data });
  }

  @Post(':id/keys')
  @HttpCode(200)
  @Allow('channel-manager', 'service', 'admin')
  @ApiOperation({ summary: 'Add a domain or a registry number that the customer has as well' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  async addKey(@TheAct() act: Act, @Param('id', idPipe) id: string, @Body() body: AddKeyDto): Promise<CommandAnswer> {
    return new CommandAnswer(id, await this.commands.perform(act, addCustomerKey, { id, key: keyOf(body) }));
  }

  @Get()
  @Allow('channel-manager', 'direct-rep', 'arbiter', 'auditor', 'service', 'admin')
  @Reads('accounts')
  @ApiOperation({ summary: 'Customers by name; the direct team sees those that are the vendor’s own' })
  @ApiOkResponse({ type: AccountPageDto })
  list(
    @ThePrincipal() principal: Principal,
    @Query() { limit, cursor, search }: AccountsQuery,
  ): Promise<Page<Account>> {
    const vendorsOwn = audienceOf(principal) === 'direct-team';
    return listAccounts(this.database, { search, vendorsOwn }, { limit, cursor });
  }

  // Counted as checks of availability are: whoever asks often enough could map what partners register.
  @Get('known')
  @LimitedAs('availability checks')
  @Allow('channel-manager', 'direct-rep', 'arbiter', 'auditor', 'service', 'admin')
  @ApiOperation({ summary: 'Whether a customer is known, by its domain or registry number, and under which id' })
  @ApiOkResponse({ type: KnownAccountDto })
  async known(@Query() query: KnownAccountQuery): Promise<KnownAccountDto> {
    const named = await customerNamedBy(this.runner, askedKeys(query));
    return { accountId: named?.accountId ?? null };
  }

  @Get(':id')
  @Allow('channel-manager', 'direct-rep', 'arbiter', 'auditor', 'service', 'admin')
  @Reads('accounts')
  @ApiOperation({ summary: 'One customer with its names and keys' })
  @ApiOkResponse({ type: AccountDetailDto })
  async find(@ThePrincipal() principal: Principal, @Param('id', idPipe) id: string): Promise<AccountDetail> {
    const found = await findAccount(this.database, id);
    if (found && (await seesAccount(this.database, principal, id))) return found;
    throw new Refusal('ACCOUNT_NOT_FOUND', 'not-found', 'There is no such account.');
  }
}

const keyOf = ({ domain, registryNumber }: AddKeyDto): AccountKey => {
  if (domain !== undefined && registryNumber === undefined) return domainKey(domain);
  if (registryNumber && domain === undefined) return registryKey(registryNumber.country, registryNumber.number);
  const message = 'must be given where the other is not, and only there';
  throw new InvalidFields(['domain', 'registryNumber'].map((field) => ({ field, message })));
};

const askedKeys = ({ domain, registryNumber, country }: KnownAccountQuery): readonly AccountKey[] => {
  const keys: AccountKey[] = [];
  if (domain !== undefined) keys.push(domainKey(domain));
  if (registryNumber !== undefined && country !== undefined) keys.push(registryKey(country, registryNumber));
  if (keys.length > 0) return keys;
  throw new InvalidFields([{ field: 'domain', message: 'or a registryNumber with its country must be given' }]);
};
