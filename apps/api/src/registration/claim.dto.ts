import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  contentFields,
  type ContentField,
  type DealStage,
  dealStageSchema,
  type TouchKind,
  touchKindSchema,
} from '@tempore/deals';
import { questionCodeSchema, type QuestionCode, rejectionCodeSchema, type RejectionCode } from '@tempore/dockets';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';

import { IsId } from '../commands/is-id';
import { WithReason } from '../commands/with-reason.dto';
import { IsDay } from '../fields/is-day';
import { IsInstant } from '../fields/is-instant';
import { CounterpartDto } from './deal-content.dto';
import { OrAbsent } from '../fields/or-absent';
import { IsName, IsText } from '../fields/is-written';

const MOST_DOCUMENTS = 50;

export class TouchDto {
  @ApiProperty({ enum: touchKindSchema.options, example: 'meeting' })
  @IsIn(touchKindSchema.options)
  kind!: TouchKind;

  @ApiProperty({ enum: ['outbound', 'inbound', 'two-way'], description: 'Only a two-way one can be progress' })
  @IsIn(['outbound', 'inbound', 'two-way'])
  direction!: 'outbound' | 'inbound' | 'two-way';

  @ApiProperty({
    format: 'date-time',
    description: 'When it happened, as you claim; it counts from now',
    example: '2026-03-02T09:00:00Z',
  })
  @IsInstant()
  happenedAt!: string;

  @ApiPropertyOptional({ type: CounterpartDto, description: 'With whom; progress needs somebody named' })
  @OrAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => CounterpartDto)
  counterpart?: CounterpartDto;

  @ApiPropertyOptional({ type: [String], description: 'Ids of the documents that show it; progress needs one' })
  @OrAbsent()
  @IsArray()
  @ArrayMaxSize(MOST_DOCUMENTS)
  @IsId({ each: true })
  evidence?: string[];
}

export class FirstTouchDocumentDto {
  @ApiProperty({ format: 'uuid', description: 'As `POST /v1/documents` answered it' })
  @IsId()
  documentId!: string;
}

export class StageDto {
  @ApiProperty({ enum: dealStageSchema.options, example: 'proposing' })
  @IsIn(dealStageSchema.options)
  stage!: DealStage;
}

export class OutcomeDto {
  @ApiProperty({ enum: ['won', 'lost'], description: 'A win counts when the vendor confirms it' })
  @IsIn(['won', 'lost'])
  outcome!: 'won' | 'lost';

  @ApiProperty({ format: 'date', example: '2026-05-20' })
  @IsDay()
  closedOn!: string;

  @ApiPropertyOptional({ maxLength: 1_000, description: 'Needed where the sale was lost' })
  @OrAbsent()
  @IsText(1_000)
  reason?: string;

  @ApiPropertyOptional({ type: [String], description: 'Ids of documents, such as the order' })
  @OrAbsent()
  @IsArray()
  @ArrayMaxSize(MOST_DOCUMENTS)
  @IsId({ each: true })
  evidence?: string[];
}

export class QuestionDto {
  @ApiProperty({ enum: questionCodeSchema.options, example: 'VALUE_UNCLEAR' })
  @IsIn(questionCodeSchema.options)
  code!: QuestionCode;

  @ApiProperty({ example: 'How is the value made up?', maxLength: 2_000 })
  @IsText(2_000)
  text!: string;

  @ApiPropertyOptional({
    enum: contentFields,
    isArray: true,
    description: 'What may change in answer, beside what always may',
  })
  @OrAbsent()
  @IsArray()
  @ArrayMaxSize(contentFields.length)
  @IsIn(contentFields, { each: true })
  fields?: ContentField[];

  @ApiPropertyOptional({ description: 'How long the partner has; as the policy says where left out', example: 5 })
  @OrAbsent()
  @IsInt()
  @Min(1)
  @Max(60)
  businessDays?: number;
}

export class RejectionDto extends WithReason {
  @ApiProperty({ enum: rejectionCodeSchema.options, example: 'NOT_QUALIFIED' })
  @IsIn(rejectionCodeSchema.options)
  code!: RejectionCode;
}

export class TenderDto extends WithReason {
  @ApiProperty({ example: '2026/S 051-123456', maxLength: 200 })
  @IsName(200)
  reference!: string;

  @ApiProperty({ format: 'date-time', example: '2026-03-10T00:00:00Z' })
  @IsInstant()
  publishedAt!: string;
}

export class CloseTenderDto extends WithReason {
  @ApiProperty({ example: '2026/S 051-123456', maxLength: 200 })
  @IsName(200)
  reference!: string;
}
