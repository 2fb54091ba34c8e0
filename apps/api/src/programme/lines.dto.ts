import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsOptional } from 'class-validator';

import { WithReason } from '../commands/with-reason.dto';
import { OpenProposalDto } from '../facts/proposals.dto';
import { IsName } from '../fields/is-written';
import { OrAbsent } from '../fields/or-absent';
import { LONGEST_LINE } from '../registration/line.pipe';

const MOST_SPELLINGS = 100;

export class LineDto {
  @ApiProperty({ example: 'GTX Pro', description: 'What filings, agreements and facts record; it never changes' })
  code!: string;

  @ApiProperty({ example: 'GTX Professional', description: 'What people read' })
  name!: string;

  @ApiProperty({ type: [String], example: ['GTXPro'], description: 'What else it is called' })
  spellings!: readonly string[];

  @ApiProperty({ type: String, nullable: true, example: 'GTX', description: 'The lines that belong together' })
  family!: string | null;

  @ApiProperty({ description: 'Whether it takes filings' })
  open!: boolean;
}

export class LinesDto {
  @ApiProperty({ description: 'Of the stream of the catalogue; the ETag', example: '3' })
  revision!: string;

  @ApiProperty({ type: [LineDto], description: 'Every line, open or closed' })
  lines!: LineDto[];

  @ApiProperty({
    type: [OpenProposalDto],
    nullable: true,
    description: 'What waits for a second person; `null` for a partner',
  })
  proposals!: OpenProposalDto[] | null;
}

class LineDescriptionDto extends WithReason {
  @ApiPropertyOptional({ type: [String], example: ['GTXPro'], description: 'Further names under which people know it' })
  @OrAbsent()
  @IsArray()
  @ArrayMaxSize(MOST_SPELLINGS)
  @IsName(LONGEST_LINE, { each: true })
  spellings?: string[];

  @ApiPropertyOptional({ type: String, nullable: true, example: 'GTX', description: 'The lines that it belongs to' })
  @IsOptional()
  @IsName(LONGEST_LINE)
  family?: string | null;
}

export class AddLineDto extends LineDescriptionDto {
  @ApiProperty({ example: 'GTX Pro', description: 'What filings, agreements and facts record; it never changes' })
  @IsName(LONGEST_LINE)
  code!: string;

  @ApiPropertyOptional({ example: 'GTX Professional', description: 'What people read; the code where absent' })
  @OrAbsent()
  @IsName(LONGEST_LINE)
  name?: string;
}

export class DescribeLineDto extends LineDescriptionDto {
  @ApiProperty({ example: 'GTX Professional', description: 'What people read from now on' })
  @IsName(LONGEST_LINE)
  name!: string;
}
