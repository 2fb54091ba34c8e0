import { type RefObject, useRef } from 'react';

import { useKeys } from '../../parts/keys';

/** `j` and `k` go through the rows of a table, each by its link. */
export const useRowKeys = (): RefObject<HTMLTableElement | null> => {
  const table = useRef<HTMLTableElement>(null);
  const go = (step: 1 | -1) => (): void => {
    const links = [...(table.current?.querySelectorAll<HTMLAnchorElement>('.row-link') ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    links[at === -1 && step === -1 ? links.length - 1 : at + step]?.focus();
  };
  useKeys({ j: go(1), k: go(-1) });
  return table;
};
