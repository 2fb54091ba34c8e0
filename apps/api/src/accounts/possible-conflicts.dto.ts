import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsNumber, IsOptional, Max, Min } from 'class-validator';

import { PageDto, PageQuery } from '../reading/page.dto';
import { IsName } from '../fields/is-written';

export class PossibleConflictsQuery extends PageQuery {
  @ApiPropertyOptional({
    minimum: 0,
    maximum: 1,
    description: 'Only pairs that are at least so much alike',
    example: 0.75,
  })
  @IsOptional()
  @Type(() => Number)
  @IsNumber()
  @Min(0)
  @Max(1)
  minScore?: number;
}

export class CandidatesQuery {
  @ApiProperty({ example: 'Contoso Machine Works', description: 'The name of a customer that may be here already' })
  @IsName(300)
  name!: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 50, default: 10, description: 'How many candidates at the most' })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  limit: number = 10;
}

const SCORE = { minimum: 0.5, maximum: 1, description: 'How much alike the names are', example: 0.88 };
const REASONS = { description: 'What speaks for and against', example: ['spelling: contosso / contoso'] };
const SEQUENCE = '00000000000000000042';

class ConflictingAccountDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Of all its names ever, the one that is most like the other’s' })
  name!: string;
}

export class PossibleConflictDto {
  @ApiProperty({ type: [ConflictingAccountDto], minItems: 2, maxItems: 2 })
  accounts!: ConflictingAccountDto[];

  @ApiProperty(SCORE)
  score!: number;

  @ApiProperty({ type: [String], ...REASONS })
  reasons!: string[];

  @ApiProperty({ example: SEQUENCE, description: 'Of the event that brought the later of the two names' })
  sequence!: string;
}

export class PossibleConflictPageDto extends PageDto {
  @ApiProperty({ type: [PossibleConflictDto] })
  items!: PossibleConflictDto[];
}

class CandidateDto {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  @ApiProperty({ description: 'Of all its names ever, the one that is most like the one asked for' })
  name!: string;

  @ApiProperty(SCORE)
  score!: number;

  @ApiProperty({ type: [String], ...REASONS })
  reasons!: string[];
}

export class CandidatesDto {
  @ApiProperty({ example: SEQUENCE, description: 'The last event that the answer knows of' })
  sequence!: string;

  @ApiProperty({ type: [CandidateDto], description: 'The most alike first' })
  candidates!: CandidateDto[];
}
