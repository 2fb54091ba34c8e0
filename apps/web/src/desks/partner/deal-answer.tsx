import { useNow } from '../../api/clock';
import type { DealDetail, Standing } from '../../api/queries';
import { lookOf, StateMark } from '../../parts/state-mark';
import { lengthOf, sayInstant, type Zone } from '../../parts/time';
import { TurnBar } from '../../parts/turn-bar';
import { useZone } from '../../parts/zone';
import { words } from '../../words';

const { answers, next } = words.deal;

/** A sentence that may name an instant. */
type Sentence = string | ((until: string) => string);

const said = (sentence: Sentence | undefined, until: string | null, zone: Zone): string => {
  if (sentence === undefined) return '';
  return typeof sentence === 'string' ? sentence : sentence(until === null ? '…' : sayInstant(until, zone));
};

const ANSWERS: Readonly<Record<string, Sentence>> = answers;
const NEXT: Readonly<Record<string, Sentence>> = next;

/** The answer first: whose it is, until when, whose turn, and what happens next. */
export const DealAnswer = ({ deal }: { readonly deal: DealDetail }) => {
  const zone = useZone();
  const { status, source, registration } = deal;
  const standing = registration?.standing ?? null;
  const sentence =
    status === null ? answers.elsewhere(source?.system ?? '') : said(ANSWERS[status], standing?.until ?? null, zone);
  return (
    <section className="answer" data-look={lookOf(status)}>
      <div className="answer-state">
        <StateMark status={status} />
        {standing?.status === 'approved' && <Left standing={standing} />}
        {standing && <TurnBar turns={standing.turns} />}
      </div>
      <p className="answer-first">{sentence}</p>
      {standing && <p>{said(NEXT[standing.next], standing.until, zone)}</p>}
      {standing && standing.documentDueAt !== null && (
        <p className="attend">{words.deal.document(sayInstant(standing.documentDueAt, zone))}</p>
      )}
      {standing && words.deal.losing[standing.status] !== undefined && (
        <p className="quiet">
          {words.deal.loses}: {words.deal.losing[standing.status]}
        </p>
      )}
      <Question deal={deal} />
    </section>
  );
};

const Left = ({ standing }: { readonly standing: Standing }) => {
  const left = Date.parse(standing.until ?? standing.since) - useNow();
  return left > 0 ? <span className="quiet">{words.home.left(lengthOf(left))}</span> : null;
};

/** The reviewer's question that waits for an answer, in the reviewer's own words. */
const Question = ({ deal }: { readonly deal: DealDetail }) => {
  if (deal.registration?.rights.question == null) return null;
  const asked = deal.timeline.findLast(({ type }) => type === 'question-asked');
  if (!asked) return null;
  const { text } = asked.data as { readonly text?: string };
  return (
    <blockquote className="question">
      <p className="over">{words.deal.asked}</p>
      <p>{text}</p>
    </blockquote>
  );
};
