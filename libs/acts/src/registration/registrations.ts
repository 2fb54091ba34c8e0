import {
  contentToFile,
  deal,
  type DealContent,
  type DealState,
  emptyContent,
  firstYearOf,
  lastOf,
  redrafted,
  type Submission,
  submissionOf,
} from '@tempore/deals';
import {
  type Claim,
  countable,
  docket,
  type DocketContext,
  type DocketEventOf,
  type FileClaim,
  type Form,
  ownClaimInTheWay,
  settledAt,
  valuationOf,
} from '@tempore/dockets';
import type { Outcome } from '@tempore/event-store';
import { type DomainEvent, type Instant, type Money, Refusal } from '@tempore/kernel';
import { isForgotten, person, personsIn } from '@tempore/people';
import type { Line } from '@tempore/programme';
import { type Database, valueOfGroup } from '@tempore/read-models';

import { openedFor } from '../accounts/accounts';
import { customerOf } from '../accounts/customer-of';
import { customerNamedBy } from '../accounts/named-customer';
import { type Act, type Doing, partOf, recognisedBy } from '../act';
import type { Reads } from '../act-log';
import type { Means } from '../means';
import { isReadSideAway } from '../outage';
import { organisationOf } from '../principal';
import { docketOf, readLine } from '../programme/lines';
import { tell } from '../tell';
import { type SaidContent, sealContent } from './contents';
import { type DocketSubject, loadDocketContext, loadTerms } from './docket-context';
import {
  claimIn,
  type DealDone,
  doneOn,
  doneOnDraft,
  expectOwn,
  insisting,
  registeredDeal,
  type RegisteredState,
} from './filed-deals';

interface OwnDeal {
  readonly id: string;
}

interface Drafting {
  readonly partnerId: string;
  readonly said: SaidContent;
}

/** A deal holds no place, and nobody else sees it, before it is submitted. */
export const draftDeal: Doing<Drafting, DealDone> = async (means, act, { partnerId, said }) => {
  const change = await sealContent(means, act, said);
  return draftOf(means, recognisedBy(means, act, change), partnerId, redrafted(emptyContent, change));
};

const draftOf = async (means: Means, act: Act, partnerId: string, content: DealContent): Promise<DealDone> => {
  const id = act.newId('deal');
  return doneOnDraft(
    means,
    act,
    id,
    await tell(act, deal, id, { type: 'DraftDeal', data: { partnerId, content } }, {}),
  );
};

export const reviseDeal: Doing<OwnDeal & { readonly said: SaidContent }, DealDone> = async (
  means,
  act,
  { id, said },
) => {
  await expectOwn(means, act, id);
  const change = await sealContent(means, act, said);
  const recognised = recognisedBy(means, act, change);
  // Who insists on nothing needs no look at the deal.
  const revising =
    act.ifMatch === undefined
      ? recognised
      : insisting(means, recognised, await registeredDeal(act.log, act.principal, id), 'deal');
  return doneOnDraft(means, act, id, await tell(revising, deal, id, { type: 'ReviseDeal', data: { change } }, {}));
};

export const discardDeal: Doing<OwnDeal, DealDone> = async (means, act, { id }) => {
  await expectOwn(means, act, id);
  const discarding = insisting(means, act, await act.log.read(deal, id), 'deal');
  return doneOnDraft(means, act, id, await tell(discarding, deal, id, { type: 'DiscardDraft', data: {} }, {}));
};

/** What a filing came to. */
export interface FilingDone extends DealDone {
  readonly claim: Claim;
}

/**
 * The submission is one append to the docket: it is the filing, the acknowledgement and the priority. Throws
 * `DEAL_INCOMPLETE`, `LINE_UNKNOWN`, `LINE_CLOSED` or `FILING_NOT_VALID`.
 */
export const submitDeal: Doing<OwnDeal, FilingDone> = (means, act, { id }) => submit(means, act, id, ALONE);

/** What a form says beside the deal that is filed by it. */
interface Filing {
  readonly form: Form | null;
  /** Whoever is named in the deal was entered by this very act, so that nobody can have forgotten them. */
  readonly namesOnlyNew: boolean;
}

const ALONE: Filing = { form: null, namesOnlyNew: false };

const submit = async (means: Means, act: Act, id: string, filing: Filing): Promise<FilingDone> => {
  const found = await registeredDeal(act.log, act.principal, id);
  const { state } = found;
  const { submission, line } = await readSubmission(act, state, filing);
  const accountId = state.status === 'draft' ? await openedFor(means, act, id, submission) : state.accountId;
  const docketId = await docketOf(act.log, accountId, line);
  const context = await loadDocketContext(act.log, subjectOf(act, accountId, submission), act.meta.now);
  const command = await filingOf(means, found, { accountId, docketId }, submission, filing.form, context);
  const outcome = await tell(insisting(means, act, found, 'docket'), docket, docketId, command, context);
  const done = await doneOn(means, act, { dealId: id, docketId }, outcome);
  return { ...done, claim: claimIn((await act.log.read(docket, docketId)).state, id) };
};

/** What submitting would bring. */
export interface Foreseen {
  readonly outcome: 'incomplete' | 'refused' | 'held' | 'queued';
  readonly refusal: Refusal | null;
  /** The filing that the docket would record; null where it is refused. */
  readonly filed: FiledClaim | null;
}

type FiledClaim = DocketEventOf<'claim-filed'>['data'];

/** What a rehearsal came to. */
export interface RehearsalDone {
  readonly foreseen: Foreseen;
  readonly outcome: Outcome<DomainEvent>;
}

/** Says what a submission would bring now, and keeps that it was asked. */
export const rehearseDeal: Doing<OwnDeal, RehearsalDone> = async (means, act, { id }) => {
  const found = await registeredDeal(act.log, act.principal, id);
  const foreseen = await foresee(means, act, found);
  const { policy } = await loadTerms(act.log, act.meta.now);
  const judged = { ...act, meta: { ...act.meta, policyVersion: policy.version } };
  const data = { outcome: foreseen.outcome, reasons: reasonsOf(foreseen) };
  return { foreseen, outcome: await tell(judged, deal, id, { type: 'RecordRehearsal', data }, {}) };
};

/** One form for one project: what all lines share, and what differs from line to line. */
export interface SaidForm extends SaidContent {
  readonly lines: readonly SaidContent[];
}

/** A line of a form, with its draft and its filing, as far as it got. */
export interface RegisteredLine {
  readonly productLine: string | null;
  readonly drafted: DealDone | null;
  readonly filed: FilingDone | Refusal;
}

/** Each line files by itself, under its own part of the key: what becomes of one is nothing to the others. */
export const registerForm: Doing<
  { readonly partnerId: string; readonly form: SaidForm },
  readonly RegisteredLine[]
> = async (means, act, { partnerId, form: { lines, ...shared } }) => {
  const common = await sealContent(means, act, shared);
  // By the form as a whole: whoever sends its key with one line more or less has sent another form.
  const whole = recognisedBy(means, act, { ...common, lines });
  const parts = await Promise.all(
    lines.map(async (line, index) => {
      const part = partOf(whole, `line:${index}`);
      const content = redrafted(emptyContent, { ...common, ...(await sealContent(means, part, line)) });
      return { part, content, fresh: await freshDraft(part, partnerId, content), said: line };
    }),
  );
  const id = whole.newId('form');
  const registered: RegisteredLine[] = [];
  for (const { part, content, fresh, said } of parts) {
    const { productLine = null } = said;
    const duplicate = fresh && (await duplicateOf(part, fresh));
    if (duplicate) {
      registered.push({ productLine, drafted: null, filed: duplicate });
      continue;
    }
    const drafted = await draftOf(means, part, partnerId, fresh ? lastOf(fresh.statements).content : content);
    const others = parts.flatMap((other) => (other.part === part ? [] : firstYearOf(other.content.value)));
    const filing = { form: { id, others }, namesOnlyNew: fresh !== null };
    const filed = await refusedOr(submit(means, partOf(part, 'submission'), drafted.id, filing));
    registered.push({ productLine, drafted, filed });
  }
  return registered;
};

/**
 * The deal as it would stand once a line is drafted; null where an earlier sending of the form has begun it. Throws
 * `DEAL_CONTENT_INVALID`, before anything of the form is recorded.
 */
const freshDraft = async (part: Act, partnerId: string, content: DealContent): Promise<RegisteredState | null> => {
  const { state } = await part.log.read(deal, part.newId('deal'));
  if (state.status !== 'none') return null;
  const { now, actor } = part.meta;
  const recorded = { id: part.newId('statement'), actor, occurredAt: now, recordedAt: now };
  const drafted = deal
    .decide({ type: 'DraftDeal', data: { partnerId, content } }, state, { now, actor })
    .reduce<DealState>((before, event) => deal.evolve(before, event, recorded), state);
  return drafted.status === 'draft' ? drafted : null;
};

/** What the partner has filed already begins no draft, however often it is sent; null where there is no such thing. */
const duplicateOf = async (part: Act, fresh: RegisteredState): Promise<Refusal | null> => {
  const ours = await refusedOr(readOwnClaimInTheWay(part, fresh));
  return ours?.code === 'FILING_NOT_VALID' ? ours : null;
};

const readOwnClaimInTheWay = async (part: Act, fresh: RegisteredState): Promise<Refusal | null> => {
  const { submission, line } = await readSubmission(part, fresh, { form: null, namesOnlyNew: true });
  const known = await customerNamedBy(part.log, customerOf(submission).keys);
  if (!known) return null;
  const { state: onDocket } = await part.log.read(docket, await docketOf(part.log, known.accountId, line));
  return ownClaimInTheWay(onDocket, submission, part.meta.now);
};

/**
 * What is to be filed, or was. Whom somebody has forgotten meanwhile completes nothing, and the line is named by its
 * code: the draft keeps what was typed. Throws `DEAL_INCOMPLETE` or `LINE_UNKNOWN`.
 */
const readSubmission = async (
  { log, meta: { now } }: Act,
  state: RegisteredState,
  { form, namesOnlyNew }: Filing,
): Promise<{ readonly submission: Submission; readonly line: Line }> => {
  const named = state.status === 'draft' && !namesOnlyNew ? personsIn(lastOf(state.statements).content) : [];
  const people = await Promise.all(
    named.map(async ({ personId }) => ({ personId, state: (await log.read(person, personId)).state })),
  );
  const forgotten = people.filter((one) => isForgotten(one.state, now)).map(({ personId }) => personId);
  const typed = submissionOf(state, new Set(forgotten), { document: await isDocumentDue(log, state, form, now) });
  const line = await readLine(log, typed.productLine);
  return { submission: { ...typed, productLine: line.code }, line };
};

const foresee = async (
  means: Means,
  act: Act,
  found: { readonly id: string; readonly state: RegisteredState },
): Promise<Foreseen> => {
  try {
    const { submission, line } = await readSubmission(act, found.state, ALONE);
    const filed = await filedAs(means, act, found, submission, line);
    return { outcome: filed.place, refusal: null, filed };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const outcome = Array.isArray(error.details.facts?.['missing']) ? 'incomplete' : 'refused';
    return { outcome, refusal: error, filed: null };
  }
};

const reasonsOf = ({ refusal }: Foreseen): string[] => {
  if (!refusal) return [];
  const { missing, failing } = refusal.details.facts ?? {};
  if (Array.isArray(missing)) return missing.map(String);
  return Array.isArray(failing) ? failing.map(({ code }: { code: string }) => code) : [refusal.code];
};

/** Decides as a filing would, and records nothing. */
const filedAs = async (
  means: Means,
  act: Act,
  found: { readonly id: string; readonly state: RegisteredState },
  submission: Submission,
  line: Line,
): Promise<FiledClaim> => {
  const { now, actor } = act.meta;
  const opening = customerOf(submission);
  const accountId = (await customerNamedBy(act.log, opening.keys))?.accountId ?? act.newId('account');
  const context = await loadDocketContext(act.log, { ...subjectOf(act, accountId, submission), opening }, now);
  const docketId = await docketOf(act.log, accountId, line);
  const { state } = await act.log.read(docket, docketId);
  const command = await filingOf(means, found, { accountId, docketId }, submission, null, context);
  const filed = docket
    .decide(command, settledAt(state, now), { ...context, now, actor })
    .find((event) => event.type === 'claim-filed');
  if (!filed) throw new Error(`The docket would neither file nor refuse the claim of deal ${found.id}`);
  return filed.data;
};

/**
 * Whether what shows the first touch is missing, since the form by itself is over the threshold. What else the partner's
 * group has on the customer, the docket adds.
 */
const isDocumentDue = async (log: Reads, state: RegisteredState, form: Form | null, now: Instant): Promise<boolean> => {
  if (state.status !== 'draft') return false;
  const { firstTouch, value } = lastOf(state.statements).content;
  if (firstTouch.document !== null) return false;
  const { policy, rates } = await loadTerms(log, now);
  const { currency, registration } = policy.policy;
  const amounts = countable([...firstYearOf(value), ...(form?.others ?? [])], currency, rates);
  return valuationOf(amounts, currency, rates).value.minorUnits > registration.reviewThreshold.minorUnits;
};

const filingOf = async (
  { database }: Pick<Means, 'database'>,
  { id: dealId, state }: { readonly id: string; readonly state: RegisteredState },
  { accountId, docketId }: { readonly accountId: string; readonly docketId: string },
  submission: Submission,
  form: Form | null,
  { partner, policy: { policy } }: Pick<DocketContext, 'partner' | 'policy'>,
): Promise<FileClaim> => {
  const { productLine, site, dealType, kind, estimatedClose, documented, amounts } = submission;
  const elsewhere = await claimedElsewhere(database, {
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
    content: contentToFile(state),
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
};

/** Advice, and no condition: a filing takes its place also while the views cannot be asked. */
const claimedElsewhere = async (database: Database, of: Parameters<typeof valueOfGroup>[1]): Promise<Money | null> => {
  try {
    return { minorUnits: await valueOfGroup(database, of), currency: of.currency };
  } catch (error) {
    if (isReadSideAway(error)) return null;
    throw error;
  }
};

const subjectOf = ({ principal }: Act, accountId: string, { productLine, partnerId }: Submission): DocketSubject => ({
  accountId,
  productLine,
  partnerId,
  actor: { id: principal.id, partnerId: organisationOf(principal) },
  beside: 'all',
});

const refusedOr = async <T>(work: Promise<T>): Promise<T | Refusal> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};
