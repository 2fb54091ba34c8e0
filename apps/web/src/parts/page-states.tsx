import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';

import { NoAnswer, type Problem, Refused } from '../api/problem';
import { words } from '../words';
import { sayInstant } from './time';
import { useZone } from './zone';

const PATIENCE_MS = 150;

/** Rules where rows will stand; nothing at all while it is quick. */
export const Loading = ({ rows = 6 }: { readonly rows?: number }) => {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="loading" aria-busy="true">
      <span className="for-readers" role="status">
        {words.look.loading}
      </span>
      {slow && Array.from({ length: rows }, (_, row) => <div key={row} className="loading-row" />)}
    </div>
  );
};

/** What would stand here, and the one act that brings it. */
export const Empty = ({ children, act }: { readonly children: string; readonly act?: React.ReactNode }) => (
  <div className="empty">
    <p>{children}</p>
    {act}
  </div>
);

const problemIn = (error: unknown): Problem | undefined => (error instanceof Refused ? error.problem : undefined);

/** Somebody else's page and one that is not there look the same. */
export const NotYours = () => (
  <section className="page">
    <h1>{words.look.notYours}</h1>
    <p className="lead">{words.look.notYoursBody}</p>
  </section>
);

/** What went wrong, what to do about it, and by which name the server's log knows it. */
export const Failed = ({ error, retry }: { readonly error: unknown; readonly retry: () => void }) => {
  const problem = problemIn(error);
  if (problem?.status === 404) return <NotYours />;
  const isStopped = problem?.code === 'VIEW_STOPPED';
  return (
    <section className="page">
      <h1>{isStopped ? words.look.stopped : (problem?.title ?? words.look.error)}</h1>
      <p className="lead">{problem?.detail ?? (error instanceof NoAnswer ? '' : String(error))}</p>
      {problem?.remedy !== undefined && <p>{problem.remedy}</p>}
      {problem?.instance !== undefined && <p className="small quiet mono">{problem.instance}</p>}
      <Button className="button" onPress={retry}>
        {words.look.retry}
      </Button>
    </section>
  );
};

/** Says since when the page is not kept up. */
export const OfflineBand = ({ since }: { readonly since: number }) => {
  const zone = useZone();
  return (
    <p className="band" role="status">
      {words.look.offline(sayInstant(since, zone))}
    </p>
  );
};
