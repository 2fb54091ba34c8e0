import { useEffect, useRef } from 'react';

/** What somebody switched off who speaks to their machine, or types where they should not (WCAG 2.1.4). */
const SWITCH = 'tempore.keys';
const SEQUENCE_MS = 1_000;

export const singleKeysAct = (): boolean => localStorage.getItem(SWITCH) !== 'off';
export const letSingleKeysAct = (act: boolean): void => localStorage.setItem(SWITCH, act ? 'on' : 'off');

const types = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.role === 'spinbutton');

/** Keys and what they do: a letter, or two that follow each other, `g d`. */
export const useKeys = (keys: Readonly<Record<string, () => void>>): void => {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    let before: { readonly key: string; readonly at: number } | undefined;
    const onKey = (event: KeyboardEvent): void => {
      const { key, ctrlKey, metaKey, altKey, timeStamp, target } = event;
      if (ctrlKey || metaKey || altKey || types(target) || !singleKeysAct()) return;
      const sequence = before && timeStamp - before.at < SEQUENCE_MS ? `${before.key} ${key}` : undefined;
      before = { key, at: timeStamp };
      const act = (sequence !== undefined && latest.current[sequence]) || latest.current[key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
};
