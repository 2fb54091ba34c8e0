import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';

import { Commands } from './commands';
import { PerformHandler } from './perform.command';

@Module({ imports: [CqrsModule], providers: [Commands, PerformHandler], exports: [Commands] })
export class CommandsModule {}
