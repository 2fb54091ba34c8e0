import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { SIMULATED } from '@tempore/clock';
import { parseInstant, Refusal } from '@tempore/kernel';

import { INSTALLATION_CLOCK, type InstallationClock } from '../../../composition/src/clock';
import { Allow } from '../auth/policy';
import { type Act, ApiCommandHeaders, TheAct } from '../commands/act';
import { CommandAnswer } from '../commands/command-answer';
import { IsInstant } from '../fields/is-instant';

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

@ApiTags('Clock')
@Controller('v1/clock')
export class ClockController {
  constructor(@Inject(INSTALLATION_CLOCK) private readonly clock: InstallationClock) {}

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
  @ApiOperation({ summary: 'Move the simulated clock' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  async move(@TheAct() { meta }: Act, @Body() { to }: MoveClockDto): Promise<CommandAnswer> {
    if (!this.clock.move)
      throw new Refusal('CLOCK_NOT_SIMULATED', 'conflict', 'This installation runs on the time of day.', {
        remedy: 'Start it with TEMPORE_CLOCK=simulated to move its clock.',
      });
    return new CommandAnswer(SIMULATED, await this.clock.move(parseInstant(to), meta));
  }
}
