import type { ReactNode } from 'react';
import { Button, Form } from 'react-aria-components';

import type { ActState } from '../api/act';
import { words } from '../words';
import { Refusal } from './refusal';

interface ActFormProps {
  readonly title: string;
  readonly explains: string;
  readonly state: ActState;
  readonly onSubmit: (form: FormData) => void;
  readonly findOut: () => void;
  readonly onCancel: () => void;
  readonly act: string;
  readonly children?: ReactNode;
}

const errorsOf = (state: ActState): Record<string, string> =>
  state.is === 'refused' ? Object.fromEntries((state.problem.errors ?? []).map((one) => [one.field, one.message])) : {};

/** The form of an act, in its place on the page: what it does, its fields, and how it goes. */
export const ActForm = ({ title, explains, state, onSubmit, findOut, onCancel, act, children }: ActFormProps) => (
  <section className="act-form" aria-label={title}>
    <h2>{title}</h2>
    <p className="quiet">{explains}</p>
    <Form
      validationErrors={errorsOf(state)}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(new FormData(event.currentTarget));
      }}
    >
      <div className="fields">{children}</div>
      {state.is === 'refused' && <Refusal problem={state.problem} />}
      {state.is === 'unknown' ? (
        <div className="notice" data-look="attend" role="alert">
          <p className="notice-title">{words.acts.unknown}</p>
          <Button className="button" onPress={findOut}>
            {words.acts.findOut}
          </Button>
        </div>
      ) : (
        <div className="form-acts">
          <Button className="button primary" type="submit" isPending={state.is === 'sending'}>
            {state.is === 'sending' ? words.acts.filing : act}
          </Button>
          <Button className="button plain" onPress={onCancel}>
            {words.acts.cancel}
          </Button>
        </div>
      )}
    </Form>
  </section>
);
