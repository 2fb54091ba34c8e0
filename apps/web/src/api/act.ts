import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { NoAnswer, type Problem, Refused } from './problem';

/** How an act goes: it is never shown as done before its answer is there. */
export type ActState =
  | { readonly is: 'open' }
  | { readonly is: 'sending' }
  | { readonly is: 'refused'; readonly problem: Problem }
  /** The line broke: it may have been carried out. Sending it again under its key finds out, and does nothing twice. */
  | { readonly is: 'unknown' };

const newKey = (): string => crypto.randomUUID();

/**
 * An act as a form sends it. Its key is made with the form; a refusal is no outcome, so what is sent after one has a key of
 * its own.
 */
export const useAct = <Body, Answer>(
  send: (body: Body, key: string) => Promise<Answer>,
  onDone: (answer: Answer) => void,
) => {
  const [key, setKey] = useState(newKey);
  const queries = useQueryClient();
  const sending = useMutation({
    mutationFn: (body: Body) => send(body, key),
    onSuccess: async (answer) => {
      setKey(newKey());
      await queries.invalidateQueries();
      onDone(answer);
    },
    onError: (error) => {
      if (error instanceof Refused) setKey(newKey());
    },
  });
  const state = ((): ActState => {
    if (sending.isPending) return { is: 'sending' };
    if (sending.error instanceof Refused) return { is: 'refused', problem: sending.error.problem };
    if (sending.error instanceof NoAnswer) return { is: 'unknown' };
    if (sending.error) throw sending.error;
    return { is: 'open' };
  })();
  return {
    state,
    submit: (body: Body) => sending.mutate(body),
    /** Sends the same once more, to learn what became of it. */
    findOut: () => {
      if (sending.variables !== undefined) sending.mutate(sending.variables);
    },
  };
};
