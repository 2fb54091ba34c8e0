import { createContext, type ReactNode, useContext, useState } from 'react';

import { useKeys } from './keys';
import type { Zone } from './time';

const ZoneContext = createContext<Zone>('local');

/** In which zone times are said. */
export const useZone = (): Zone => useContext(ZoneContext);

/** `u` changes it, for this window. */
export const ZoneProvider = ({ children }: { readonly children: ReactNode }) => {
  const [zone, setZone] = useState<Zone>('local');
  useKeys({ u: () => setZone((now) => (now === 'local' ? 'UTC' : 'local')) });
  return <ZoneContext value={zone}>{children}</ZoneContext>;
};
