import type { Problem } from '../api/problem';
import { words } from '../words';

interface Failing {
  readonly code: string;
  readonly message?: string;
  readonly remedy?: string;
}

const isFailing = (fact: unknown): fact is Failing => typeof fact === 'object' && fact !== null && 'code' in fact;

/** A refusal, whole: what was refused, each fact that it rests on, what to do about it. */
export const Refusal = ({ problem }: { readonly problem: Problem }) => {
  const { detail, remedy, code, facts, errors, instance } = problem;
  const failing = Array.isArray(facts?.['failing']) ? facts['failing'].filter(isFailing) : [];
  return (
    <div className="notice" data-look="attend" role="alert">
      <p className="notice-title">
        {words.acts.refused}: {detail}
      </p>
      {failing.length > 0 && (
        <ul className="facts">
          {failing.map((one) => (
            <li key={one.code}>
              {one.message ?? one.code} {one.remedy}
            </li>
          ))}
        </ul>
      )}
      {errors && (
        <ul className="facts">
          {errors.map(({ field, message }) => (
            <li key={field}>
              <span className="mono">{field}</span> {message}
            </li>
          ))}
        </ul>
      )}
      {remedy !== undefined && <p>{remedy}</p>}
      <p className="small quiet">
        <span className="mono">{code}</span>
        {instance !== undefined && <span className="mono"> {instance}</span>}
      </p>
    </div>
  );
};
