import { Inject, Injectable } from '@nestjs/common';
import { account } from '@tempore/accounts';
import {
  type Act,
  customerNamedBy,
  customerOf,
  docketOf,
  type DocketSubject,
  isReadSideAway,
  loadDocketContext,
  loadTerms,
  organisationOf,
  partOf,
  readLine,
  unconditional,
} from '@tempore/acts';
import {
  type ContentChange,
  deal,
  type DealState,
  emptyContent,
  firstYearOf,
  lastOf,
  redrafted,
  type Submission,
  submissionOf,
} from '@tempore/deals';
import {
  countable,
  docket,
  type DocketCommand,
  type DocketContext,
  type DocketEvent,
  type DocketEventOf,
  type DocketState,
  type FileClaim,
  type Form,
  ownClaimInTheWay,
  settledAt,
  valuationOf,
} from '@tempore/dockets';
import { CommandRunner } from '@tempore/event-store';
import { type Instant, type Money, Refusal } from '@tempore/kernel';
import { isForgotten, person, personsIn } from '@tempore/people';
import type { Line } from '@tempore/programme';
import { type Database, valueOfGroup } from '@tempore/read-models';

import { AccountActs } from '../accounts/account-acts';
import { Commands } from '../commands/commands';
import { PersonalData } from '../people/personal-data';
import { type Problem, problemOf } from '../problems/problem';
import { DATABASE } from '../reading/database';
import type { DealContentDto } from './deal-content.dto';
import { DealContents } from './deal-contents';
import { FiledDeals, type RegisteredState } from './filed-deals';
import {
  approvalOf,
  DealAnswer,
  FilingAnswer,
  type ForeseenApproval,
  receiptOf,
  type RegisteredLine,
  registrationsAnswerOf,
  type RegistrationsAnswer,
  RehearsalAnswer,
} from './registration-answers';
import type { RegistrationFormDto } from './registration.dto';

/** What submitting would bring. */
interface Foreseen {
  readonly outcome: 'incomplete' | 'refused' | 'held' | 'queued';
  readonly reasons: string[];
  readonly problem: Problem | null;
  readonly approval: ForeseenApproval | null;
}

type FiledClaim = DocketEventOf<'claim-filed'>['data'];

/** From the first word of a draft to the filing of its claim. */
@Injectable()
export class RegistrationActs {
  constructor(
    private readonly commands: Commands,
    private readonly contents: DealContents,
    private readonly deals: FiledDeals,
    private readonly accounts: AccountActs,
    private readonly personalData: PersonalData,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  async draft(act: Act, partnerId: string, data: DealContentDto): Promise<DealAnswer> {
    const change = await this.contents.seal(act, data);
    return this.draftOf(this.sealed(act, change), partnerId, change);
  }

  private async draftOf(act: Act, partnerId: string, change: ContentChange): Promise<DealAnswer> {
    const id = act.newId('deal');
    const command = { type: 'DraftDeal', data: { partnerId, content: redrafted(emptyContent, change) } } as const;
    const outcome = await this.commands.execute(act, deal, id, command, {});
    return new DealAnswer(id, outcome, this.deals.afterDraft(act, outcome));
  }

  async revise(act: Act, id: string, data: DealContentDto): Promise<DealAnswer> {
    await this.deals.expectOwn(act.principal, id);
    const change = await this.contents.seal(act, data);
    const insisting = await this.insisting(this.sealed(act, change), id);
    const outcome = await this.commands.execute(insisting, deal, id, { type: 'ReviseDeal', data: { change } }, {});
    return new DealAnswer(id, outcome, this.deals.afterDraft(act, outcome));
  }

  async discard(act: Act, id: string): Promise<DealAnswer> {
    await this.deals.expectOwn(act.principal, id);
    const insisting = this.deals.insisting(act, await this.runner.read(deal, id), 'deal');
    const outcome = await this.commands.execute(insisting, deal, id, { type: 'DiscardDraft', data: {} }, {});
    return new DealAnswer(id, outcome, this.deals.afterDraft(act, outcome));
  }

  /** Who insists on nothing needs no look at the deal. */
  private async insisting(act: Act, id: string): Promise<Act> {
    if (act.ifMatch === undefined) return act;
    return this.deals.insisting(act, await this.deals.find(act.principal, id), 'deal');
  }

  /**
   * The submission is one append to the docket: it is the filing, the acknowledgement and the priority. Throws
   * `DEAL_INCOMPLETE`, `LINE_UNKNOWN`, `LINE_CLOSED` or `FILING_NOT_VALID`.
   */
  async submit(act: Act, id: string, form: Form | null = null): Promise<FilingAnswer> {
    const found = await this.deals.find(act.principal, id);
    const { state } = found;
    const { submission, line } = await this.submissionOf(act, state, form);
    const accountId = state.status === 'draft' ? await this.openCustomer(act, id, submission) : state.accountId;
    const docketId = await docketOf(this.runner, accountId, line);
    const context = await loadDocketContext(this.runner, subjectOf(act, accountId, submission), act.meta.now);
    const outcome = await this.commands.execute<DocketState, DocketCommand, DocketEvent, DocketContext>(
      this.deals.insisting(act, found, 'docket'),
      docket,
      docketId,
      await this.filingOf(id, { accountId, docketId }, submission, form, context),
      context,
    );
    const after = await this.deals.after(act, id, docketId, outcome);
    const { claims } = (await this.runner.read(docket, docketId)).state;
    const claim = claims.find(({ dealId }) => dealId === id);
    if (!claim) throw new Error(`The docket ${docketId} has no claim of deal ${id}`);
    return new FilingAnswer(receiptOf(claim), id, outcome, after);
  }

  /** Says what a submission would bring now, and keeps that it was asked. */
  async rehearse(act: Act, id: string): Promise<RehearsalAnswer> {
    const { state } = await this.deals.find(act.principal, id);
    const { outcome, reasons, problem, approval } = await this.foresee(act, id, state);
    const command = { type: 'RecordRehearsal', data: { outcome, reasons } } as const;
    const { policy } = await loadTerms(this.runner, act.meta.now);
    const judged = { ...act, meta: { ...act.meta, policyVersion: policy.version } };
    return new RehearsalAnswer(
      { outcome, problem, approval },
      id,
      await this.commands.execute(judged, deal, id, command, {}),
    );
  }

  /**
   * Each line files by itself, under its own part of the key: what becomes of one is nothing to the others. Throws
   * `FORM_REFUSED` where none was filed.
   */
  async register(act: Act, partnerId: string, { lines, ...shared }: RegistrationFormDto): Promise<RegistrationsAnswer> {
    const common = await this.contents.seal(act, shared);
    // By the form as a whole: whoever sends its key with one line more or less has sent another form.
    const whole = this.sealed(act, { ...common, lines });
    const parts = await Promise.all(
      lines.map(async (line, index) => {
        const part = partOf(whole, `line:${index}`);
        const change = { ...common, ...(await this.contents.seal(part, line)) };
        const fresh = await this.freshDraft(part, partnerId, change);
        return { part, change, fresh, productLine: line.productLine ?? null };
      }),
    );
    const formId = whole.newId('form');
    const registered: RegisteredLine[] = [];
    for (const { part, change, fresh, productLine } of parts) {
      const duplicate = fresh && (await this.duplicateOf(part, fresh));
      if (duplicate) {
        registered.push({ productLine, drafted: null, filed: duplicate });
        continue;
      }
      const drafted = await this.draftOf(part, partnerId, change);
      const others = parts.flatMap((other) =>
        other.part === part ? [] : firstYearOf(redrafted(emptyContent, other.change).value),
      );
      const filed = await refusedOr(this.submit(partOf(part, 'submission'), drafted.id, { id: formId, others }));
      registered.push({ productLine, drafted, filed });
    }
    return registrationsAnswerOf(registered);
  }

  /**
   * The deal as it would stand once a line is drafted; null where an earlier sending of the form has begun it. Throws
   * `DEAL_CONTENT_INVALID`, before anything of the form is recorded.
   */
  private async freshDraft(part: Act, partnerId: string, change: ContentChange): Promise<RegisteredState | null> {
    const { state } = await this.runner.read(deal, part.newId('deal'));
    if (state.status !== 'none') return null;
    const { now, actor } = part.meta;
    const command = { type: 'DraftDeal', data: { partnerId, content: redrafted(emptyContent, change) } } as const;
    const recorded = { id: part.newId('statement'), actor, occurredAt: now, recordedAt: now };
    const drafted = deal
      .decide(command, state, { now, actor })
      .reduce<DealState>((before, event) => deal.evolve(before, event, recorded), state);
    return drafted.status === 'draft' ? drafted : null;
  }

  /** What the partner has filed already begins no draft, however often it is sent; null where there is no such thing. */
  private async duplicateOf(part: Act, fresh: RegisteredState): Promise<Refusal | null> {
    const ours = await refusedOr(this.ownClaimInTheWay(part, fresh));
    return ours?.code === 'FILING_NOT_VALID' ? ours : null;
  }

  private async ownClaimInTheWay(act: Act, state: RegisteredState): Promise<Refusal | null> {
    const { submission, line } = await this.submissionOf(act, state, null);
    const known = await customerNamedBy(this.runner, customerOf(submission).keys);
    if (!known) return null;
    const { state: onDocket } = await this.runner.read(docket, await docketOf(this.runner, known.accountId, line));
    return ownClaimInTheWay(onDocket, submission, act.meta.now);
  }

  /**
   * What is to be filed, or was. Whom somebody has forgotten meanwhile completes nothing, and the line is named by its
   * code: the draft keeps what was typed. Throws `DEAL_INCOMPLETE` or `LINE_UNKNOWN`.
   */
  private async submissionOf(
    { meta: { now } }: Act,
    state: RegisteredState,
    form: Form | null,
  ): Promise<{ readonly submission: Submission; readonly line: Line }> {
    const named = state.status === 'draft' ? personsIn(lastOf(state.statements).content) : [];
    const people = await Promise.all(
      named.map(async ({ personId }) => ({ personId, state: (await this.runner.read(person, personId)).state })),
    );
    const forgotten = people.filter((one) => isForgotten(one.state, now)).map(({ personId }) => personId);
    const typed = submissionOf(state, new Set(forgotten), { document: await this.isDocumentDue(state, form, now) });
    const line = await readLine(this.runner, typed.productLine);
    return { submission: { ...typed, productLine: line.code }, line };
  }

  private async foresee(act: Act, id: string, state: RegisteredState): Promise<Foreseen> {
    try {
      const { submission, line } = await this.submissionOf(act, state, null);
      const { place, ...filed } = await this.filedAs(act, id, submission, line);
      return { outcome: place, reasons: [], problem: null, approval: place === 'held' ? approvalOf(filed) : null };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return toForeseen(error);
    }
  }

  /** Decides as a filing would, and records nothing. */
  private async filedAs(act: Act, id: string, submission: Submission, line: Line): Promise<FiledClaim> {
    const { now, actor } = act.meta;
    const opening = customerOf(submission);
    const accountId = (await customerNamedBy(this.runner, opening.keys))?.accountId ?? act.newId('account');
    const subject = { ...subjectOf(act, accountId, submission), opening };
    const context = await loadDocketContext(this.runner, subject, now);
    const docketId = await docketOf(this.runner, accountId, line);
    const { state } = await this.runner.read(docket, docketId);
    const command = await this.filingOf(id, { accountId, docketId }, submission, null, context);
    const filed = docket
      .decide(command, settledAt(state, now), { ...context, now, actor })
      .find((event) => event.type === 'claim-filed');
    if (!filed) throw new Error(`The docket would neither file nor refuse the claim of deal ${id}`);
    return filed.data;
  }

  /**
   * Whether what shows the first touch is missing, since the form by itself is over the threshold. What else the partner's
   * group has on the customer, the docket adds.
   */
  private async isDocumentDue(state: RegisteredState, form: Form | null, now: Instant): Promise<boolean> {
    if (state.status !== 'draft') return false;
    const { firstTouch, value } = lastOf(state.statements).content;
    if (firstTouch.document !== null) return false;
    const { policy, rates } = await loadTerms(this.runner, now);
    const { currency, registration } = policy.policy;
    const amounts = countable([...firstYearOf(value), ...(form?.others ?? [])], currency, rates);
    return valuationOf(amounts, currency, rates).value.minorUnits > registration.reviewThreshold.minorUnits;
  }

  private async filingOf(
    dealId: string,
    { accountId, docketId }: { readonly accountId: string; readonly docketId: string },
    submission: Submission,
    form: Form | null,
    { partner, policy: { policy } }: Pick<DocketContext, 'partner' | 'policy'>,
  ): Promise<FileClaim> {
    const { content, productLine, site, dealType, kind, estimatedClose, documented, amounts } = submission;
    const elsewhere = await this.elsewhere({
      group: partner?.group ?? submission.partnerId,
      accountId,
      notOn: docketId,
      currency: policy.currency,
      formId: form?.id ?? null,
    });
    const data = {
      dealId,
      accountId,
      productLine,
      content,
      site,
      dealType,
      kind,
      estimatedClose,
      documented,
      amounts,
      form,
      elsewhere,
    };
    return { type: 'FileClaim', data };
  }

  /** Advice, and no condition: a filing takes its place also while the views cannot be asked. */
  private async elsewhere(of: Parameters<typeof valueOfGroup>[1]): Promise<Money | null> {
    try {
      return { minorUnits: await valueOfGroup(this.database, of), currency: of.currency };
    } catch (error) {
      if (isReadSideAway(error)) return null;
      throw error;
    }
  }

  /**
   * The customer, opened where nobody has named it before. Where its keys name two, the filing goes to the registry
   * number's, and the other is kept beside it for a person to look at: which customers there are, and that somebody else
   * named one, is nothing that a partner learns.
   */
  private async openCustomer(act: Act, dealId: string, submission: Submission): Promise<string> {
    const opening = customerOf(submission);
    try {
      return (await this.accounts.open(unconditional(act), opening)).id;
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'ACCOUNT_KEYS_DISAGREE')) throw error;
      const named = await customerNamedBy(this.runner, opening.keys);
      if (!named) throw error;
      for (const { key, accountId: otherId } of named.others) {
        const part = unconditional(partOf(act, `key-conflict:${otherId}`));
        const command = { type: 'NoteKeyConflict', data: { dealId, key, otherId } } as const;
        await this.commands.execute(part, account, named.accountId, command, {});
      }
      return named.accountId;
    }
  }

  /** Recognised by what it says in its sealed form: the hash of a request stands in the log for ever. */
  private sealed(act: Act, change: object): Act {
    return this.personalData.withoutPlain(act, change);
  }
}

const subjectOf = ({ principal }: Act, accountId: string, { productLine, partnerId }: Submission): DocketSubject => ({
  accountId,
  productLine,
  partnerId,
  actor: { id: principal.id, partnerId: organisationOf(principal) },
  beside: 'all',
});

const toForeseen = (refusal: Refusal): Foreseen => {
  const { missing, failing } = refusal.details.facts ?? {};
  const problem = problemOf(refusal);
  if (Array.isArray(missing)) return { outcome: 'incomplete', reasons: missing.map(String), problem, approval: null };
  const codes = Array.isArray(failing) ? failing.map(({ code }: { code: string }) => code) : [refusal.code];
  return { outcome: 'refused', reasons: codes, problem, approval: null };
};

const refusedOr = async <T>(work: Promise<T>): Promise<T | Refusal> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};
