import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { meQuery } from './queries';

const TICK_MS = 30_000;

/** What time it is at the installation, which a simulated clock says otherwise than the wall. */
export const useNow = (): number => {
  const { data, dataUpdatedAt } = useQuery(meQuery);
  const [wall, setWall] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setWall(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  if (!data) return wall;
  const told = Date.parse(data.clock.now);
  return data.clock.simulated ? told : told + Math.max(0, wall - dataUpdatedAt);
};
