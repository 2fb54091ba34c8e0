import type { DocketEvent } from '@messages/dockets';
import { type Claim, clockEnd } from '@tempore/dockets';
import { type Addressee, latestVersion, type Notice, type Template } from '@messages/notices';
import { deriveId, type Instant, type LoggedEvent, unreachable } from '@tempore/kernel';

interface Told {
  readonly to: 'partner' | 'vendor' | 'admin';
  readonly template: Template;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Whoever reviews: every channel manager sees the role's inbox. */
const VENDOR: Addressee = { kind: 'role', id: 'channel-manager' };
/** Stands in for the head of the programme, whom no policy names yet. */
const ADMIN: Addressee = { kind: 'role', id: 'admin' };

/** What of a claim a notice of it depends on. */
type TellableClaim = Pick<Claim, 'partnerId' | 'state' | 'terms' | 'waiting'>;

/**
 * What somebody has to be told of an event on a docket (rulebook 9): not what they did themselves, never a rival, nor how
 * many there are. `endsAt` is the end of the clock that waits for the partner's notice of it, if any. Nobody is asked to review what a rule may yet approve: they learn of a fresh claim once it is referred.
 */
const told = (event: DocketEvent, { state }: TellableClaim, endsAt: Instant | null): readonly Told[] => {
  const by = (name: string, at: Instant | null | undefined): Readonly<Record<string, string>> => {
    const end = at ?? endsAt;
    return end ? { [name]: end } : {};
  };
  switch (event.type) {
    case 'claim-filed':
      return event.data.place === 'queued'
        ? [{ to: 'partner', template: 'claim-queued', parameters: by('documentBy', event.data.documentDueAt) }]
        : [{ to: 'partner', template: 'claim-received', parameters: by('documentBy', event.data.documentDueAt) }];
    case 'claim-referred':
      return state.status === 'submitted'
        ? [{ to: 'vendor', template: 'review-requested', parameters: reviewBy(state.review) }]
        : [];
    case 'claim-reconfirmed':
      return [{ to: 'vendor', template: 'review-requested', parameters: reviewBy(event.data.review) }];
    case 'claim-offered':
      return [{ to: 'partner', template: 'claim-offered', parameters: by('reconfirmBy', event.data.reconfirmBy) }];
    case 'interest-asked':
      return [{ to: 'partner', template: 'interest-asked', parameters: by('lapsesAt', event.data.lapsesAt) }];
    case 'question-asked': {
      const { code, text, answerBy } = event.data;
      return [
        {
          to: 'partner',
          template: 'question-asked',
          parameters: { code, question: text, ...by('answerBy', answerBy) },
        },
      ];
    }
    case 'question-answered':
      return event.data.review
        ? [{ to: 'vendor', template: 'review-requested', parameters: reviewBy(event.data.review) }]
        : [{ to: 'partner', template: 'claim-queued' }];
    case 'claim-approved':
      return [{ to: 'partner', template: 'claim-approved', parameters: { windowEnds: event.data.windowEnds } }];
    case 'claim-rejected': {
      const { code, contestableUntil } = event.data;
      return [
        {
          to: 'partner',
          template: 'claim-rejected',
          parameters: { code, ...by('contestableUntil', contestableUntil) },
        },
      ];
    }
    case 'claim-lapsed': {
      const { because, contestableUntil } = event.data;
      const parameters = { because, ...by('contestableUntil', contestableUntil) };
      return [{ to: 'partner', template: 'claim-lapsed', parameters }];
    }
    case 'review-escalated':
      return [{ to: 'vendor', template: 'review-escalated' }];
    case 'claim-amended':
      return event.data.needsReview ? [{ to: 'vendor', template: 'amendment-requested' }] : [];
    case 'win-claimed':
      return [{ to: 'vendor', template: 'win-to-confirm', parameters: { answerBy: event.data.answerBy } }];
    case 'win-escalated':
      return [{ to: event.data.to === 'superior' ? 'vendor' : 'admin', template: 'win-escalated' }];
    case 'claim-expired':
    case 'win-confirmed':
    case 'win-refused':
    case 'claim-superseded':
    case 'amendment-approved':
    case 'amendment-rejected':
      return [{ to: 'partner', template: event.type }];
    case 'review-picked-up':
    case 'decision-refused':
    case 'touch-recorded':
    case 'first-touch-documented':
    case 'interest-confirmed':
    case 'clock-started':
    case 'contest-period-ended':
    case 'round-closed':
    case 'claim-withdrawn':
    case 'claim-released':
    case 'claim-lost':
    case 'offer-declined':
    case 'direct-opportunity-opened':
    case 'direct-opportunity-closed':
    case 'direct-touch-recorded':
    case 'tender-published':
    case 'tender-closed':
      return [];
    default:
      return unreachable(event);
  }
};

const reviewBy = (review: { readonly targetAt: string } | null): Readonly<Record<string, string>> =>
  review ? { reviewBy: review.targetAt } : {};

/** What people call a sale by: a partner knows that it is its own. */
export interface SaleNames {
  readonly line: string;
  readonly partner: string;
  /** As the deal's partner named it when it filed: what others call the customer, it does not learn. */
  readonly customer: string | null;
}

export interface ToldNotice {
  readonly noticeId: string;
  readonly notice: Notice;
}

/**
 * The notices that an event calls for. Their ids derive from the event, so that telling it again tells nobody twice.
 *
 * @param now when they come to stand: a clock that waits for its notice is counted from there
 * @param claimOf the claim of a deal as it stands; undefined where the docket knows no such deal
 * @param names what its sale is called
 */
export const noticesOf = (
  event: LoggedEvent<DocketEvent>,
  now: Instant,
  claimOf: (dealId: string) => TellableClaim | undefined,
  { line, partner, customer }: SaleNames,
): readonly ToldNotice[] => {
  const dealId = 'dealId' in event.data ? event.data.dealId : undefined;
  const claim = dealId === undefined ? undefined : claimOf(dealId);
  if (dealId === undefined || !claim) return [];
  return told(event, claim, clockEnd(claim, event.id, now)).map(({ to, template, parameters = {} }) => ({
    noticeId: deriveId('notice', event.id, to),
    notice: {
      addressee: addresseeOf(to, claim),
      template,
      templateVersion: latestVersion(template),
      parameters: {
        ...parameters,
        dealId,
        line,
        ...(customer !== null && { customer }),
        ...(to !== 'partner' && { partner }),
      },
      subject: `deal/${dealId}`,
      eventId: event.id,
    },
  }));
};

const addresseeOf = (to: Told['to'], { partnerId }: Pick<Claim, 'partnerId'>): Addressee => {
  if (to === 'partner') return { kind: 'partner', id: partnerId };
  return to === 'vendor' ? VENDOR : ADMIN;
};

/** A protection that ends in so many days. */
export interface EndingProtection {
  readonly dealId: string;
  readonly partnerId: string;
  /** What people call its line. */
  readonly line: string;
  readonly customer: string | null;
  /** The event by which the window began. */
  readonly approvalId: string;
  readonly windowEnds: Instant;
  readonly daysLeft: number;
}

/** The reminder of an end that draws near; given once for each number of days (rulebook 5). */
export const reminderOf = ({
  dealId,
  partnerId,
  line,
  customer,
  approvalId,
  windowEnds,
  daysLeft,
}: EndingProtection) => ({
  noticeId: deriveId('notice', approvalId, 'protection-ending', daysLeft.toString()),
  notice: {
    addressee: { kind: 'partner', id: partnerId },
    template: 'protection-ending',
    templateVersion: latestVersion('protection-ending'),
    parameters: { dealId, line, ...(customer !== null && { customer }), windowEnds, daysLeft: daysLeft.toString() },
    subject: `deal/${dealId}`,
    eventId: approvalId,
  } satisfies Notice,
});
