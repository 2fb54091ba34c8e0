import type { DocketEvent } from '@messages/dockets';
import { type Addressee, latestVersion, type Notice, type Template } from '@messages/notices';
import { deriveId, type Instant, type LoggedEvent, unreachable } from '@tempore/kernel';

interface Told {
  readonly to: 'partner' | 'vendor';
  readonly template: Template;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Whoever reviews: every channel manager sees the role's inbox. */
const VENDOR: Addressee = { kind: 'role', id: 'channel-manager' };

/**
 * What somebody has to be told of an event on a docket (rulebook 9): not what they did themselves, never a rival, nor how
 * many there are.
 */
const told = (event: DocketEvent): readonly Told[] => {
  switch (event.type) {
    case 'claim-filed':
      return event.data.place === 'queued'
        ? [{ to: 'partner', template: 'claim-queued' }]
        : [
            { to: 'partner', template: 'claim-received' },
            { to: 'vendor', template: 'review-requested', parameters: reviewBy(event.data.review) },
          ];
    case 'claim-reconfirmed':
      return [{ to: 'vendor', template: 'review-requested', parameters: reviewBy(event.data.review) }];
    case 'claim-offered':
      return [{ to: 'partner', template: 'claim-offered', parameters: { reconfirmBy: event.data.reconfirmBy } }];
    case 'interest-asked':
      return [{ to: 'partner', template: 'interest-asked', parameters: { lapsesAt: event.data.lapsesAt } }];
    case 'question-asked': {
      const { code, answerBy } = event.data;
      return [{ to: 'partner', template: 'question-asked', parameters: { code, answerBy } }];
    }
    case 'question-answered':
      return event.data.review
        ? [{ to: 'vendor', template: 'review-requested', parameters: reviewBy(event.data.review) }]
        : [{ to: 'partner', template: 'claim-queued' }];
    case 'claim-approved':
      return [{ to: 'partner', template: 'claim-approved', parameters: { windowEnds: event.data.windowEnds } }];
    case 'claim-rejected': {
      const { code, contestableUntil } = event.data;
      return [{ to: 'partner', template: 'claim-rejected', parameters: { code, contestableUntil } }];
    }
    case 'claim-lapsed': {
      const { because, contestableUntil } = event.data;
      const parameters = { because, ...(contestableUntil && { contestableUntil }) };
      return [{ to: 'partner', template: 'claim-lapsed', parameters }];
    }
    case 'review-escalated':
      return [{ to: 'vendor', template: 'review-escalated' }];
    case 'claim-amended':
      return event.data.needsReview ? [{ to: 'vendor', template: 'amendment-requested' }] : [];
    case 'win-claimed':
      return [{ to: 'vendor', template: 'win-to-confirm', parameters: { answerBy: event.data.answerBy } }];
    case 'claim-expired':
    case 'win-confirmed':
    case 'win-refused':
    case 'claim-superseded':
    case 'amendment-approved':
    case 'amendment-rejected':
      return [{ to: 'partner', template: event.type }];
    case 'review-picked-up':
    case 'claim-referred':
    case 'decision-refused':
    case 'touch-recorded':
    case 'interest-confirmed':
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

export interface ToldNotice {
  readonly noticeId: string;
  readonly notice: Notice;
}

/**
 * The notices that an event calls for. Their ids derive from the event, so that telling it again tells nobody twice.
 *
 * @param partnerOf the partner whose deal it is; undefined where the docket knows no such deal
 */
export const noticesOf = (
  event: LoggedEvent<DocketEvent>,
  partnerOf: (dealId: string) => string | undefined,
): readonly ToldNotice[] =>
  told(event).flatMap(({ to, template, parameters = {} }) => {
    const dealId = 'dealId' in event.data ? event.data.dealId : undefined;
    const partnerId = dealId === undefined ? undefined : partnerOf(dealId);
    if (dealId === undefined || partnerId === undefined) return [];
    return [
      {
        noticeId: deriveId('notice', event.id, to),
        notice: {
          addressee: to === 'vendor' ? VENDOR : { kind: 'partner', id: partnerId },
          template,
          templateVersion: latestVersion(template),
          parameters: { ...parameters, dealId },
          subject: `deal/${dealId}`,
          eventId: event.id,
        },
      },
    ];
  });

/** A protection that ends in so many days. */
export interface EndingProtection {
  readonly dealId: string;
  readonly partnerId: string;
  /** The event by which the window began. */
  readonly approvalId: string;
  readonly windowEnds: Instant;
  readonly daysLeft: number;
}

/** The reminder of an end that draws near; given once for each number of days (rulebook 5). */
export const reminderOf = ({ dealId, partnerId, approvalId, windowEnds, daysLeft }: EndingProtection) => ({
  noticeId: deriveId('notice', approvalId, 'protection-ending', daysLeft.toString()),
  notice: {
    addressee: { kind: 'partner', id: partnerId },
    template: 'protection-ending',
    templateVersion: latestVersion('protection-ending'),
    parameters: { dealId, windowEnds, daysLeft: daysLeft.toString() },
    subject: `deal/${dealId}`,
    eventId: approvalId,
  } satisfies Notice,
});
