import type { Standing } from '../api/queries';
import { words } from '../words';
import { lengthOf } from './time';

const TURNS = ['partner', 'vendor', 'paused'] as const;

/** Whose turn it was, and for how long. */
export const TurnBar = ({ turns }: Pick<Standing, 'turns'>) => {
  const total = TURNS.reduce((sum, turn) => sum + turns[turn], 0);
  const said = TURNS.map((turn) => `${words.deal.turns[turn]} ${lengthOf(turns[turn])}`);
  let from = 0;
  return (
    <figure className="turns">
      {total > 0 && (
        <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
          {TURNS.map((turn) => {
            const width = (turns[turn] / total) * 100;
            const at = from;
            from += width;
            return <rect key={turn} className={`turn-${turn}`} x={at} y={0} width={width} height={6} />;
          })}
        </svg>
      )}
      <figcaption>
        <span className="for-readers">{words.deal.turns.title}: </span>
        {said.join(' · ')}
      </figcaption>
    </figure>
  );
};
