import { ApiProperty } from '@nestjs/swagger';
import type { DealDone, FilingDone, RegisteredLine, RehearsalDone } from '@tempore/acts';
import { hashVersionOf } from '@tempore/deals';
import { type Claim, type ClaimStanding, ownVerdicts } from '@tempore/dockets';
import { type Position, Refusal } from '@tempore/kernel';

import { CommandAnswer } from '../commands/command-answer';
import { MoneyDto } from '../fields/money.dto';
import { type Problem, problemOf } from '../problems/problem';

class TurnsDto {
  @ApiProperty({ description: 'Milliseconds in which the partner had to move', example: 0 })
  partner!: number;

  @ApiProperty({ description: 'Milliseconds in which the vendor had to move', example: 3600000 })
  vendor!: number;

  @ApiProperty({ description: 'Milliseconds in which the claim waited in line', example: 0 })
  paused!: number;
}

/** Where a claim stands, what happens next and by when. Nothing of it names a rival, or tells how many there are. */
export class StandingDto {
  @ApiProperty({ example: 'submitted' })
  status!: string;

  @ApiProperty({ format: 'date-time' })
  since!: string;

  @ApiProperty({
    format: 'date-time',
    description: 'Since when its rank counts: the filing, or a later answer that first showed how the sale began',
  })
  ranksSince!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When it ends, or an answer is due' })
  until!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'By when the document that shows the first touch is due, or the claim lapses; `null`: it is there',
  })
  documentDueAt!: string | null;

  @ApiProperty({
    description:
      'What happens next: `partner-waits-in-line` says that somebody else is registered, and that you may sell without ' +
      'the benefits of a registration until you are told that the place is free; `partner-confirms-interest`, that you ' +
      'are asked whether you still want it.',
    example: 'vendor-reviews',
  })
  next!: string;

  @ApiProperty({ enum: ['partner', 'vendor', 'paused'], nullable: true, description: 'Whose turn it is' })
  turn!: string | null;

  @ApiProperty({ enum: ['resale', 'referral'], description: 'What it is for; fixed once it is approved' })
  kind!: string;

  @ApiProperty({ type: TurnsDto, description: 'What went by in each turn, the running one included' })
  turns!: TurnsDto;
}

/** What a command on a deal did, and where the deal stands after it. */
export class DealAnswer extends CommandAnswer {
  @ApiProperty({ type: StandingDto, nullable: true, description: '`null` while it is a draft: it holds no place' })
  readonly standing: ClaimStanding | null;

  readonly #etag: string;
  readonly #through: Position | undefined;

  constructor({ id, outcome, standing, etag, through }: DealDone) {
    super(id, outcome);
    this.standing = standing;
    this.#etag = etag;
    this.#through = through;
  }

  override get position(): Position | undefined {
    return this.#through;
  }

  /** Stands for the deal and its docket. */
  override get revision(): string {
    return this.#etag;
  }
}

/** The acknowledgement of a filing: what was filed, when, under which rules, and what happens next. */
export class ReceiptDto {
  @ApiProperty({ format: 'uuid', description: 'The event that is the submission' })
  eventId!: string;

  @ApiProperty({ enum: ['held', 'queued'], description: '`held`: the place is yours while it is decided' })
  place!: string;

  @ApiProperty({ format: 'date-time', description: 'When it was recorded: this counts, and the order of the docket' })
  filedAt!: string;

  @ApiProperty({
    description: 'SHA-256 of what `GET /v1/deals/{id}/receipt/content` answers: the content as RFC 8785 writes it',
  })
  contentHash!: string;

  @ApiProperty({
    enum: [1, 2],
    description: '`2`: each sealed value was hashed as its commitment alone; `1`, the first, with its ciphertext',
  })
  contentHashVersion!: number;

  @ApiProperty({ description: 'The version of the programme’s policy that the claim lives under', example: 1 })
  policyVersion!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Its number in your organisation’s own feed, once that is known',
  })
  number!: string | null;
}

export class FilingAnswer extends DealAnswer {
  @ApiProperty({ type: ReceiptDto })
  readonly receipt: ReceiptDto;

  constructor(done: FilingDone) {
    super(done);
    this.receipt = receiptOf(done.claim);
  }
}

export const receiptOf = ({ filingId, filed, filedAt, heldSince, terms }: Claim): ReceiptDto => ({
  eventId: filingId,
  place: heldSince === filedAt ? 'held' : 'queued',
  filedAt,
  contentHash: filed.hash,
  contentHashVersion: hashVersionOf(filed),
  policyVersion: terms.policyVersion,
  number: null,
});

class RuleOfApprovalDto {
  @ApiProperty({ type: [String], example: ['silver', 'gold'], description: 'The tiers for which it approves' })
  tiers!: readonly string[];

  @ApiProperty({ type: MoneyDto, description: 'It approves what is worth less' })
  below!: MoneyDto;

  @ApiProperty({
    enum: ['standing', 'tier', 'value'],
    isArray: true,
    description: 'What you lack of it; nothing where you may be approved at once',
  })
  lacks!: readonly string[];
}

/** What your own facts fulfil. Whether anything else makes a person look is not told. */
export class ForeseenApproval {
  @ApiProperty({ description: 'A rule may approve it at once, without a person' })
  mayBeByRule!: boolean;

  @ApiProperty({ type: [RuleOfApprovalDto] })
  rules!: readonly RuleOfApprovalDto[];

  @ApiProperty({ example: 1, description: 'Within so many business days a person is to decide where no rule does' })
  reviewBusinessDays!: number;
}

const approvalOf = (filed: Parameters<typeof ownVerdicts>[0]): ForeseenApproval => {
  const rules = ownVerdicts(filed);
  return {
    mayBeByRule: rules.some(({ lacks }) => lacks.length === 0),
    rules,
    reviewBusinessDays: filed.terms.reviewTargetBusinessDays,
  };
};

/** What submitting would bring; nothing was filed. */
export class RehearsalAnswer extends CommandAnswer {
  @ApiProperty({ enum: ['incomplete', 'refused', 'held', 'queued'] })
  readonly outcome: string;

  @ApiProperty({
    type: Object,
    nullable: true,
    description: 'The problem that a submission would be answered with: every missing field, or every code',
  })
  readonly problem: Problem | null;

  @ApiProperty({
    type: ForeseenApproval,
    nullable: true,
    description: 'How your own facts stand to the rules of approval; `null` where the place would not be yours at once',
  })
  readonly approval: ForeseenApproval | null;

  constructor(id: string, { foreseen, outcome }: RehearsalDone) {
    super(id, outcome);
    const { refusal, filed } = foreseen;
    this.outcome = foreseen.outcome;
    this.problem = refusal && problemOf(refusal);
    this.approval = filed?.place === 'held' ? approvalOf(filed) : null;
  }
}

class RegisteredLineDto {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: '`null` where the line is a duplicate of what you have filed: that leaves no draft',
  })
  dealId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  productLine!: string | null;

  @ApiProperty({ type: ReceiptDto, nullable: true })
  receipt!: ReceiptDto | null;

  @ApiProperty({ type: StandingDto, nullable: true })
  standing!: ClaimStanding | null;

  @ApiProperty({ type: Object, nullable: true, description: 'Why the line was not filed; it stays a draft' })
  problem!: Problem | null;
}

/** What became of each line of a form. */
export class RegistrationsAnswer {
  @ApiProperty({ type: [RegisteredLineDto] })
  readonly registrations: readonly RegisteredLineDto[];

  readonly #position: Position | undefined;

  constructor(registrations: readonly RegisteredLineDto[], position: Position | undefined) {
    this.registrations = registrations;
    this.#position = position;
  }

  get position(): Position | undefined {
    return this.#position;
  }
}

/** Throws `FORM_REFUSED`, with what stands against each line, where none was filed. */
export const registrationsAnswerOf = (lines: readonly RegisteredLine[]): RegistrationsAnswer => {
  const registrations = lines.map(({ productLine, drafted, filed }) => {
    const of = { dealId: drafted?.id ?? null, productLine };
    return filed instanceof Refusal
      ? { ...of, receipt: null, standing: null, problem: problemOf(filed) }
      : { ...of, receipt: receiptOf(filed.claim), standing: filed.standing, problem: null };
  });
  if (registrations.every(({ receipt }) => receipt === null))
    throw new Refusal('FORM_REFUSED', 'conflict', 'No line of the form was filed.', {
      remedy: 'Mend what the problem of each line names, in its draft, and submit that.',
      facts: { registrations },
    });
  const positions = lines.map(({ drafted, filed }) => (filed instanceof Refusal ? drafted : filed)?.through);
  return new RegistrationsAnswer(registrations, positions.findLast(Boolean));
};
