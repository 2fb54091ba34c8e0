import { ApiProperty } from '@nestjs/swagger';
import { type WorkItem, type WorkKind, workKinds } from '@tempore/read-models';

import { PageDto } from '../reading/page.dto';

class WorkItemDto implements WorkItem {
  @ApiProperty({ enum: workKinds, description: 'What there is to do', example: 'offer' })
  kind!: WorkKind;

  @ApiProperty({ description: 'What it is about', example: 'deal/0a4f6d1c-33a5-5b0a-8b59-3f0f2c5e7d21' })
  subject!: string;

  @ApiProperty({ format: 'date-time', description: 'Waits since then', example: '2026-03-02T09:00:00.000Z' })
  since!: Date;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'To be done by then; `null` where nothing ends by itself',
    example: '2026-03-09T17:00:00.000Z',
  })
  until!: Date | null;

  @ApiProperty({ enum: ['partner', 'vendor'], description: 'Whose turn it is', example: 'partner' })
  turn!: 'partner' | 'vendor';

  @ApiProperty({ example: false })
  escalated!: boolean;
}

export class WorkPageDto extends PageDto {
  @ApiProperty({ type: [WorkItemDto] })
  items!: WorkItemDto[];
}
