import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { type Act, metaOf } from '@tempore/acts';
import { expectCountable, SIMULATED } from '@tempore/clock';
import { parseInstant, Refusal } from '@tempore/kernel';

import { INSTALLATION_CLOCK, type InstallationClock } from '../../../composition/src/clock';
import { advance, type Advanced, type Reached } from '../../../composition/src/advance';
import { type Stores, STORES } from '../../../composition/src/stores';
import { Allow } from '../auth/policy';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { CommandAnswer } from '../commands/command-answer';
import { IsInstant } from '../fields/is-instant';
import { type Views, VIEWS } from '../reading/views';

class ClockDto {
  @ApiProperty({ format: 'date-time', example: '2026-03-02T09:00:00.000Z' })
  now!: string;

  @ApiProperty({ description: 'Whether it stands until it is moved' })
  simulated!: boolean;
}

class MoveClockDto {
  @ApiProperty({
    format: 'date-time',
    description: 'Where to move it: never back',
    example: '2026-06-01T00:00:00.000Z',
  })
  @IsInstant()
  to!: string;
}

class ClockAnswer extends CommandAnswer {
  @ApiProperty({
    description:
      'Whether what follows from what fell due, notices among it, stands in the log too: not yet where no reactor runs, or where it does not keep up',
    example: true,
  })
  readonly followedUp: boolean;

  constructor({ outcome, followedUp }: Advanced) {
    super(SIMULATED, outcome);
    this.followedUp = followedUp;
  }
}

@ApiTags('Clock')
@Controller('v1/clock')
export class ClockController {
  constructor(
    @Inject(INSTALLATION_CLOCK) private readonly clock: InstallationClock,
    @Inject(STORES) private readonly stores: Stores,
    @Inject(VIEWS) private readonly views: Views,
  ) {}

  @Get()
  @Allow('channel-manager', 'auditor', 'service', 'admin')
  @ApiOperation({ summary: 'What time it is here' })
  @ApiOkResponse({ type: ClockDto })
  read(): ClockDto {
    return { now: this.clock.now(), simulated: this.clock.move !== undefined };
  }

  @Post()
  @HttpCode(200)
  @Allow('admin')
  @ApiOperation({ summary: 'Move the simulated clock: what falls due on the way has happened when this answers' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: ClockAnswer })
  async move(@TheAct() act: Act, @Body() { to }: MoveClockDto): Promise<ClockAnswer> {
    const { now, move } = this.clock;
    if (!move)
      throw new Refusal('CLOCK_NOT_SIMULATED', 'conflict', 'This installation runs on the time of day.', {
        remedy: 'Start it with TEMPORE_CLOCK=simulated to move its clock.',
      });
    const until = parseInstant(to);
    // What falls due on the way happens before the clock gets there, and would have happened for a slip of the pen.
    expectCountable(until);
    const reached: Reached = (view, position, timeoutMs) => this.views.reached(view, position, timeoutMs);
    return new ClockAnswer(await advance(this.stores, { now, move }, reached, until, metaOf(act)));
  }
}
