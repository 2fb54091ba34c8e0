import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Act } from '@tempore/acts';
import { CommandRunner } from '@tempore/event-store';
import { parseInstant, Refusal } from '@tempore/kernel';
import { policy, policyAt, type PolicyVersion, PROGRAMME } from '@tempore/programme';

import { CLOCK, type Clock } from '../../../composition/src/clock';
import { Allow } from '../auth/policy';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { CommandAnswer } from '../commands/command-answer';
import { Commands } from '../commands/commands';
import { WithReason } from '../commands/with-reason.dto';
import { PoliciesDto, PolicyAtQuery, PolicyDto, ProposePolicyDto } from './policies.dto';
import { versionPipe } from './version.pipe';

/** The numbers that everything is judged by. One stream holds them all, and is read as it stands in the log. */
@ApiTags('Policies')
@Controller('v1/policies')
@Allow('channel-manager', 'direct-rep', 'finance', 'arbiter', 'panel-member', 'auditor', 'service', 'admin')
export class PoliciesController {
  constructor(
    private readonly commands: Commands,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Every version ever proposed, with who proposed and who adopted it' })
  @ApiOkResponse({ type: PoliciesDto })
  async list(): Promise<PoliciesDto> {
    const { state, revision } = await this.runner.read(policy, PROGRAMME);
    return { revision: revision.toString(), items: [...state] };
  }

  @Get('current')
  @ApiOperation({ summary: 'The policy in force, now or at an instant' })
  @ApiOkResponse({ type: PolicyDto })
  async inForce(@Query() { at }: PolicyAtQuery): Promise<PolicyDto> {
    const { state } = await this.runner.read(policy, PROGRAMME);
    return found(policyAt(state, at === undefined ? this.clock() : parseInstant(at)));
  }

  @Get(':version')
  @ApiOperation({ summary: 'One version' })
  @ApiOkResponse({ type: PolicyDto })
  async find(@Param('version', versionPipe) version: number): Promise<PolicyDto> {
    const { state } = await this.runner.read(policy, PROGRAMME);
    return found(state.find((known) => known.version === version));
  }

  @Post()
  @Allow('channel-manager', 'admin')
  @ApiOperation({ summary: 'Propose a policy; it takes effect when a second person has adopted it' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: CommandAnswer })
  propose(
    @TheAct() act: Act,
    @Body() { version, effectiveFrom, policy: proposed, holidaySets = [], reason }: ProposePolicyDto,
  ): Promise<CommandAnswer> {
    return this.commands.run(act, policy, PROGRAMME, {
      type: 'ProposePolicy',
      data: {
        version,
        effectiveFrom: effectiveFrom === undefined ? null : parseInstant(effectiveFrom),
        policy: proposed,
        holidaySets: holidaySets.map(({ country, state, region, years }) => ({
          country: country.toUpperCase(),
          state: state ?? null,
          region: region ?? null,
          years,
        })),
        reason,
      },
    });
  }

  @Post(':version/adoption')
  @HttpCode(200)
  @Allow('channel-manager', 'admin')
  @ApiOperation({ summary: 'Adopt a proposed policy, as somebody else than who proposed it' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  adopt(@TheAct() act: Act, @Param('version', versionPipe) version: number): Promise<CommandAnswer> {
    return this.commands.run(act, policy, PROGRAMME, { type: 'AdoptPolicy', data: { version } });
  }

  @Post(':version/withdrawal')
  @HttpCode(200)
  @Allow('channel-manager', 'admin')
  @ApiOperation({ summary: 'Take a proposed policy off the table' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  withdraw(
    @TheAct() act: Act,
    @Param('version', versionPipe) version: number,
    @Body() { reason }: WithReason,
  ): Promise<CommandAnswer> {
    return this.commands.run(act, policy, PROGRAMME, { type: 'WithdrawPolicy', data: { version, reason } });
  }
}

const found = (known: PolicyVersion | undefined): PolicyVersion => {
  if (known) return known;
  throw new Refusal('POLICY_NOT_FOUND', 'not-found', 'There is no such policy.');
};
