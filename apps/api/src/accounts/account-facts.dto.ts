import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsISO31661Alpha2 } from 'class-validator';

import { IsId } from '../commands/is-id';
import { IsInstant } from '../fields/is-instant';
import { WithReason } from '../commands/with-reason.dto';
import { OrNull } from '../facts/or-null';
import { OpenProposalDto } from '../facts/proposals.dto';
import { OrAbsent } from '../fields/or-absent';
import { IsName } from '../fields/is-written';

export class ProposeHouseDto extends WithReason {
  @ApiProperty({ description: 'Whether the vendor keeps the customer for itself' })
  @IsBoolean()
  house!: boolean;
}

export class ProposeAccountTerritoryDto extends WithReason {
  @ApiProperty({
    type: String,
    example: 'AT',
    nullable: true,
    description: 'The country in whose territory the customer is; `null` is its own',
  })
  @OrNull()
  @IsISO31661Alpha2()
  country!: string | null;
}

export class RecordTermDto extends WithReason {
  @ApiProperty({ example: 'GTX Pro' })
  @IsName(200)
  productLine!: string;

  @ApiProperty({ format: 'date-time', example: '2025-01-01T00:00:00.000Z' })
  @IsInstant()
  from!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'The end of the term; left out: it is open' })
  @OrAbsent()
  @IsInstant()
  until?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Who sold it, and is first to renew it; left out: the vendor' })
  @OrAbsent()
  @IsId()
  partnerOfRecord?: string;
}

export class VerifyLetterDto extends WithReason {
  @ApiProperty({ example: 'GTX Pro' })
  @IsName(200)
  productLine!: string;

  @ApiProperty({ format: 'uuid', description: 'The partner that the customer wants to renew' })
  @IsId()
  partnerId!: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The letter, as it was uploaded' })
  @OrAbsent()
  @IsId()
  documentId?: string;
}

export class LinkParentDto extends WithReason {
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: '`null`: it belongs to nobody any more' })
  @OrNull()
  @IsId()
  parentId!: string | null;
}

class TermDto {
  @ApiProperty({ format: 'uuid' })
  termId!: string;

  @ApiProperty({ example: 'GTX Pro' })
  productLine!: string;

  @ApiProperty({ format: 'date-time' })
  from!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  until!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  partnerOfRecord!: string | null;

  @ApiProperty()
  reason!: string;

  @ApiProperty({ format: 'uuid', description: 'The event that recorded it' })
  eventId!: string;
}

class LetterDto {
  @ApiProperty({ format: 'uuid' })
  letterId!: string;

  @ApiProperty({ example: 'GTX Pro' })
  productLine!: string;

  @ApiProperty({ format: 'uuid' })
  partnerId!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  documentId!: string | null;

  @ApiProperty()
  reason!: string;

  @ApiProperty({ format: 'uuid', description: 'The event that recorded it' })
  eventId!: string;
}

/** What filings for a customer are judged by. */
export class AccountFactsDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Of the customer’s stream; the ETag', example: '3' })
  revision!: string;

  @ApiProperty({ description: 'Whether the vendor keeps the customer for itself' })
  house!: boolean;

  @ApiProperty({ type: String, nullable: true, example: 'DE', description: 'The country that decides the territory' })
  territory!: string | null;

  @ApiProperty({ type: [TermDto], description: 'Which lines the customer has; those withdrawn are left out' })
  terms!: TermDto[];

  @ApiProperty({ type: [LetterDto], description: 'Those withdrawn are left out' })
  letters!: LetterDto[];

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The customer that this one belongs to' })
  parentId!: string | null;

  @ApiProperty({ type: [OpenProposalDto], description: 'What waits for a second person' })
  proposals!: OpenProposalDto[];
}
