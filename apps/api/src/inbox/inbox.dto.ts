import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { render, type Template, templates } from '@tempore/notices';
import type { InboxNotice } from '@tempore/read-models';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';

import { PageDto, PageQuery } from '../reading/page.dto';

export class InboxQuery extends PageQuery {
  @ApiPropertyOptional({ description: '`true`: only what is not acknowledged; `false`: only what is', example: true })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  unread?: boolean;
}

/** A notice, in words and in the facts behind them. */
export class NoticeDto {
  @ApiProperty({ format: 'uuid', example: '5b0c9d1e-7d55-5c6b-9a54-2f6f0d9b1c11' })
  id!: string;

  @ApiProperty({ description: 'Who is told', example: 'partner/7a0f2c5e-33a5-5b0a-8b59-3f0f2c5e7d21' })
  addressee!: string;

  @ApiProperty({ example: 'The place is yours if you reconfirm' })
  title!: string;

  @ApiProperty({ example: 'The place for deal 0a4f6d1c-33a5-5b0a-8b59-3f0f2c5e7d21 has become free.' })
  body!: string;

  @ApiProperty({ enum: templates, example: 'claim-offered' })
  template!: Template;

  @ApiProperty({ example: 1 })
  templateVersion!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { dealId: '0a4f6d1c-33a5-5b0a-8b59-3f0f2c5e7d21', reconfirmBy: '2026-03-09T17:00:00.000Z' },
  })
  parameters!: Readonly<Record<string, string>>;

  @ApiProperty({ description: 'What it is about', example: 'deal/0a4f6d1c-33a5-5b0a-8b59-3f0f2c5e7d21' })
  subject!: string;

  @ApiProperty({
    format: 'uuid',
    description: 'The event that it tells of',
    example: '9c1e2f3a-4b5c-5d6e-8f70-1a2b3c4d5e6f',
  })
  eventId!: string;

  @ApiProperty({
    format: 'date-time',
    description: 'From here on a clock against the addressee may run',
    example: '2026-03-02T09:00:00.000Z',
  })
  givenAt!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  acknowledgedAt!: Date | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it was last mailed',
    example: null,
  })
  mailedAt!: Date | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the mail system last refused it',
    example: null,
  })
  bouncedAt!: Date | null;

  @ApiProperty({ type: String, nullable: true, description: 'The codes that it was refused with', example: null })
  bounceReason!: string | null;
}

export class NoticePageDto extends PageDto {
  @ApiProperty({ type: [NoticeDto] })
  items!: NoticeDto[];
}

export const toNoticeDto = (notice: InboxNotice): NoticeDto => ({ ...notice, ...render(notice) });
