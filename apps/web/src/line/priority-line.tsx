import { useState } from 'react';
import { ToggleButton } from 'react-aria-components';

import { useKeys } from '../parts/keys';
import { lengthOf, sayInstant, sayShortDay } from '../parts/time';
import { useZone } from '../parts/zone';
import { words } from '../words';
import { isLate, type Lane, type Mark } from './line';
import { type Scale, scaleOf } from './scale';
import { useWidth } from './use-width';

const HEIGHT = 96;
const BASE = 58;
const BAR = 14;
const MARK_PX = 24;

interface PriorityLineProps {
  readonly lane: Lane;
  readonly now: number;
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

/** A claim over time: how it stood, what happened when, what was recorded late, and how much is left. */
export const PriorityLine = ({ lane, now, chosen, onChoose }: PriorityLineProps) => {
  const [frame, width] = useWidth();
  const [folded, setFolded] = useState(true);
  useKeys({ t: () => setFolded((is) => !is) });
  const scale = scaleOf(lane, now, folded);
  const hasFolds = scaleOf(lane, now, true).folds.length > 0;
  return (
    <figure className="line" aria-label={words.deal.line}>
      <div className="line-frame" ref={frame}>
        {width > 0 && <Drawing {...{ lane, now, scale, width, chosen }} />}
        {width > 0 && <Marks {...{ lane, scale, width, chosen, onChoose }} />}
      </div>
      {hasFolds && (
        <ToggleButton className="button plain small" isSelected={!folded} onChange={(is) => setFolded(!is)}>
          {words.deal.scale.true}
        </ToggleButton>
      )}
    </figure>
  );
};

interface DrawingProps {
  readonly lane: Lane;
  readonly now: number;
  readonly scale: Scale;
  readonly width: number;
  readonly chosen: string | null;
}

const Drawing = ({ lane, now, scale, width, chosen }: DrawingProps) => {
  const zone = useZone();
  const x = (instant: number): number => MARK_PX / 2 + scale.at(instant) * (width - MARK_PX);
  const nowX = x(now);
  const end = lane.running?.to;
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true">
      <defs>
        <pattern id="line-queued" width="6" height={BAR} patternUnits="userSpaceOnUse">
          <circle cx="2" cy={BAR / 2} r="1.6" className="line-dot" />
        </pattern>
      </defs>
      {lane.stretches.map(({ look, from, to }) => (
        <rect
          key={from}
          className={`line-${look}`}
          x={x(from)}
          y={look === 'ended' ? BASE + BAR / 2 - 0.5 : BASE}
          width={Math.max(1, x(to) - x(from))}
          height={look === 'ended' ? 1 : BAR}
        />
      ))}
      {end !== undefined && (
        <rect className="line-left" x={nowX} y={BASE} width={Math.max(0, x(end) - nowX)} height={BAR} />
      )}
      {lane.reminders.map((at) => (
        <line key={at} className="line-reminder" x1={x(at)} x2={x(at)} y1={BASE + BAR} y2={BASE + BAR + 6} />
      ))}
      {lane.marks
        .filter(({ look, at, recordedAt }) => look === 'touch' && isLate(at, recordedAt))
        .map(({ id, at, recordedAt }) => (
          <path key={id} className="line-arc" d={arc(x(at), x(recordedAt))} />
        ))}
      {scale.folds.map(({ from, to }) => {
        const middle = (x(from) + x(to)) / 2;
        return (
          <g key={from}>
            <path className="line-fold" d={zigzag(middle)} />
            <text className="line-word" x={middle} y={BASE + BAR + 20} textAnchor="middle">
              {lengthOf(to - from)}
            </text>
          </g>
        );
      })}
      {lane.marks.map((mark) => (
        <MarkShape key={mark.id} look={mark.look} x={x(mark.at)} isChosen={mark.id === chosen} />
      ))}
      <line className="line-now" x1={nowX} x2={nowX} y1={BASE - 22} y2={BASE + BAR + 8} />
      <text className="line-word" {...aside(nowX, width)} y={BASE - 28}>
        {words.deal.now}
      </text>
      {end !== undefined && (
        <text className="line-word" x={width} y={BASE + BAR + 20} textAnchor="end">
          {words.deal.lineUntil(sayShortDay(end, zone))}
        </text>
      )}
    </svg>
  );
};

/** Text beside its point, inside the frame. */
const aside = (at: number, width: number): { readonly x: number; readonly textAnchor: 'start' | 'middle' | 'end' } => {
  if (at < MARK_PX) return { x: 0, textAnchor: 'start' };
  if (at > width - MARK_PX) return { x: width, textAnchor: 'end' };
  return { x: at, textAnchor: 'middle' };
};

const arc = (from: number, to: number): string => {
  const rise = Math.min(34, 10 + Math.abs(to - from) / 8);
  const y = BASE - 3;
  return `M ${from} ${y} C ${from} ${y - rise}, ${to} ${y - rise}, ${to} ${y}`;
};

const zigzag = (middle: number): string => {
  const top = BASE - 4;
  return `M ${middle - 3} ${top} l 5 5.500 l -5 5.500 l 5 5.500 l -5 5.500`;
};

interface MarkShapeProps extends Pick<Mark, 'look'> {
  readonly x: number;
  readonly isChosen: boolean;
}

const MarkShape = ({ look, x, isChosen }: MarkShapeProps) => {
  const className = `line-mark${isChosen ? ' line-chosen' : ''}`;
  if (look === 'touch') return <circle className={className} cx={x} cy={BASE + BAR / 2} r={5} />;
  const [width, height] = look === 'filing' ? [4, 24] : [2, BAR];
  return <rect className={className} x={x - width / 2} y={BASE + (BAR - height) / 2} width={width} height={height} />;
};

interface MarksProps extends Pick<PriorityLineProps, 'chosen' | 'onChoose' | 'lane'> {
  readonly scale: Scale;
  readonly width: number;
}

interface Place {
  readonly left: number;
  readonly marks: readonly Mark[];
}

/** Marks that lie too close for a finger share a button. */
const placesOf = (marks: readonly Mark[], leftOf: (mark: Mark) => number): readonly Place[] =>
  marks
    .map((mark) => ({ mark, left: leftOf(mark) }))
    .sort((one, other) => one.left - other.left)
    .reduce<Place[]>((places, { mark, left }) => {
      const last = places.at(-1);
      if (!last || left - last.left >= MARK_PX) return [...places, { left, marks: [mark] }];
      return [...places.slice(0, -1), { ...last, marks: [...last.marks, mark] }];
    }, []);

/** Every mark has a button: it shows its place in the list under the line, and the next of those that share it. */
const Marks = ({ lane, scale, width, chosen, onChoose }: MarksProps) => {
  const zone = useZone();
  const say = ({ type, at }: Mark): string =>
    `${words.events[type] ?? words.deal.facts.firstTouch}, ${sayInstant(at, zone)}`;
  const places = placesOf(lane.marks, ({ at }) => scale.at(at) * (width - MARK_PX));
  return (
    <ol className="line-marks">
      {places.map(({ left, marks }) => {
        const at = marks.findIndex(({ id }) => id === chosen);
        const next = marks[(at + 1) % marks.length];
        return (
          <li key={marks[0]?.id} style={{ insetInlineStart: left, insetBlockStart: BASE + (BAR - MARK_PX) / 2 }}>
            <button
              type="button"
              aria-pressed={at !== -1}
              title={marks.map(say).join('\n')}
              aria-label={marks.map(say).join('; ')}
              onClick={() => next && onChoose(next.id)}
            />
          </li>
        );
      })}
    </ol>
  );
};
