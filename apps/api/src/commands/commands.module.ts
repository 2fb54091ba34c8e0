import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';

import { Commands } from './commands';
import { RunCommandHandler } from './run.command';

@Module({ imports: [CqrsModule], providers: [Commands, RunCommandHandler], exports: [Commands] })
export class CommandsModule {}
