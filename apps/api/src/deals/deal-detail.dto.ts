import { ApiProperty } from '@nestjs/swagger';
import { type ActOnDeal, actsOnDeals, type Right } from '@tempore/acts';
import { type ContentField, contentFields, type LawfulBasis, lawfulBasisSchema } from '@tempore/deals';

import { StandingDto } from '../registration/registration-answers';
import { DealDto } from './deals.dto';

class TimelineEntryDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Place in the order of all events; `null` for a partner’s own people',
    example: '00000000000000000042',
  })
  sequence!: string | null;

  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'legacy-deal-recorded' })
  type!: string;

  @ApiProperty({ format: 'date-time', description: 'When it happened, as claimed' })
  occurredAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When it was recorded' })
  recordedAt!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Pseudonymous id of whoever acted; a partner sees those of its own people',
  })
  actor!: string | null;

  @ApiProperty({ type: Object, additionalProperties: true })
  data!: unknown;
}

class PersonOfDealDto {
  @ApiProperty({ format: 'uuid' })
  personId!: string;

  @ApiProperty({ type: String, nullable: true, description: '`null` where you may not see it' })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true })
  email!: string | null;

  @ApiProperty({ type: String, nullable: true })
  phone!: string | null;

  @ApiProperty({ type: String, nullable: true })
  position!: string | null;

  @ApiProperty({ description: 'The person was forgotten: nobody can read anything of them again' })
  erased!: boolean;
}

class ContactOfDealDto extends PersonOfDealDto {
  @ApiProperty({
    enum: lawfulBasisSchema.options,
    nullable: true,
    description: 'What makes it lawful to name the person; `null` where nobody said',
  })
  basis!: LawfulBasis | null;

  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'Of a consent' })
  consentedOn!: string | null;
}

class RightDto {
  @ApiProperty({ enum: actsOnDeals, description: 'Named as its route is; `win` and `loss` are its outcomes' })
  act!: ActOnDeal;

  @ApiProperty({ description: 'What you would be refused for now is closed, whatever you said' })
  open!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'The code of the refusal', example: 'CLAIM_APPROVED' })
  code!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'The claim is approved since 2026-03-02T09:00:00.000Z.' })
  reason!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Release the protection, or report the loss.' })
  remedy!: string | null;
}

export const toRightDto = ({ act, refusal }: Right): RightDto => ({
  act,
  open: refusal === null,
  code: refusal?.code ?? null,
  reason: refusal?.message ?? null,
  remedy: refusal?.details.remedy ?? null,
});

class RightsDto {
  @ApiProperty({
    type: [RightDto],
    description: 'What you may do about the deal, and what not and why; none where you only look',
  })
  acts!: readonly RightDto[];

  @ApiProperty({ enum: contentFields, isArray: true, description: 'What may be changed now; adding is always open' })
  amendable!: readonly ContentField[];

  @ApiProperty({ type: Number, nullable: true, description: 'The reviewer’s question that waits for an answer' })
  question!: number | null;
}

class FirstTouchDocumentShownDto {
  @ApiProperty({ format: 'uuid' })
  documentId!: string;

  @ApiProperty({ description: 'SHA-256 of its bytes' })
  hash!: string;
}

/** What only a deal has that was registered here. */
export class RegistrationDto {
  @ApiProperty({ type: StandingDto, nullable: true, description: '`null` while it is a draft' })
  standing!: StandingDto | null;

  @ApiProperty({ type: Object, additionalProperties: true, description: 'What the partner says, people apart' })
  content!: unknown;

  @ApiProperty({ type: [ContactOfDealDto] })
  contacts!: readonly ContactOfDealDto[];

  @ApiProperty({ type: PersonOfDealDto, nullable: true, description: 'With whom the first touch was' })
  counterpart!: PersonOfDealDto | null;

  @ApiProperty({
    type: FirstTouchDocumentShownDto,
    nullable: true,
    description: 'What shows the first touch, whether it came with the filing or after it',
  })
  firstTouchDocument!: FirstTouchDocumentShownDto | null;

  @ApiProperty({ description: 'SHA-256 of the content as RFC 8785 writes it' })
  contentHash!: string;

  @ApiProperty({ type: RightsDto })
  rights!: RightsDto;
}

class LinkedAccountDto {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  @ApiProperty()
  legalName!: string;

  @ApiProperty({ enum: ['parent', 'subsidiary'], description: 'What it is to the customer of the deal' })
  relation!: string;
}

export class DealDetailDto extends DealDto {
  @ApiProperty({
    type: [LinkedAccountDto],
    nullable: true,
    description:
      'Customers whom the customer belongs to, or who belong to it: they stand for themselves, and may be meant. `null` for a partner',
  })
  linkedAccounts!: readonly LinkedAccountDto[] | null;

  @ApiProperty({ type: RegistrationDto, nullable: true, description: '`null` for a sale of another system' })
  registration!: RegistrationDto | null;

  @ApiProperty({ type: [TimelineEntryDto], description: 'Everything recorded of the deal, oldest first' })
  timeline!: TimelineEntryDto[];
}
