import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type AccountKey, accountKeyId, domainKey, registryKey } from '@tempore/accounts';
import { type Act, customerNamedBy, docketOf } from '@tempore/acts';
import { AVAILABILITY, type Availability, availabilityCheck, availabilityOf, docket } from '@tempore/dockets';
import { CommandRunner } from '@tempore/event-store';
import { InvalidFields } from '@tempore/kernel';
import { partner } from '@tempore/partners';
import { expectLine, type Line, lineClosed, lines, PROGRAMME } from '@tempore/programme';

import { Allow } from '../auth/policy';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { Commands } from '../commands/commands';
import { LimitedAs } from '../limits/rate-guard';
import { partnerOf } from '../registration/deals-of-partner.controller';
import { type AskedCustomerDto, AvailabilityAnswer, CheckAvailabilityDto } from './availability.dto';

/** Whether a place is free, and nothing else: it names nobody, and that it was asked is kept. */
@ApiTags('Deals')
@Controller('v1/availability-checks')
@Allow('partner-user', 'partner-admin')
export class AvailabilityController {
  constructor(
    private readonly commands: Commands,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  @Post()
  @HttpCode(200)
  @LimitedAs('availability checks')
  @ApiOperation({ summary: 'Ask whether a customer’s line is free, taken, or your own claim waits for it' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: AvailabilityAnswer })
  async check(
    @TheAct() act: Act,
    @Body() { customer, productLine, site }: CheckAvailabilityDto,
  ): Promise<AvailabilityAnswer> {
    const partnerId = partnerOf(act.principal);
    const keys = keysOf(customer);
    const catalogue = (await this.runner.read(lines, PROGRAMME)).state;
    const line = expectLine(catalogue, productLine);
    const availability = await this.availability(act, partnerId, keys, line, site ?? null);
    const customerKeys = keys.map(accountKeyId);
    const data = { partnerId, customerKeys, productLine: line.code, site: site ?? null, availability };
    const id = act.newId(AVAILABILITY);
    const command = { type: 'RecordAvailabilityCheck', data } as const;
    const closedLine = line.open ? null : lineClosed(catalogue, line);
    const outcome = await this.commands.execute(act, availabilityCheck, id, command, { closedLine });
    // A repeat is answered as it was then, whatever is so now.
    const [recorded] = outcome.events;
    return new AvailabilityAnswer(recorded?.data.availability ?? availability, id, outcome);
  }

  /** From the log, as a filing would find it. A customer that nobody has named yet is free. */
  private async availability(
    { meta }: Act,
    partnerId: string,
    keys: readonly AccountKey[],
    line: Line,
    site: string | null,
  ): Promise<Availability> {
    const named = await customerNamedBy(this.runner, keys);
    if (!named) return 'free';
    const { state } = await this.runner.read(partner, partnerId);
    const group = state.status === 'none' ? partnerId : (state.standing.groupId ?? partnerId);
    const onDocket = await this.runner.read(docket, await docketOf(this.runner, named.accountId, line));
    return availabilityOf(onDocket.state, { group, site }, meta.now);
  }
}

const keysOf = ({ country, domain, registryNumber }: AskedCustomerDto): readonly AccountKey[] => {
  const keys: AccountKey[] = [];
  if (domain) keys.push(domainKey(domain));
  if (registryNumber && country) keys.push(registryKey(country, registryNumber));
  if (keys.length > 0) return keys;
  throw new InvalidFields([{ field: 'customer', message: 'must hold a domain, or a registryNumber with its country' }]);
};
