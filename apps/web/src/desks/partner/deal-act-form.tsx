import { useAct } from '../../api/act';
import { answerOf } from '../../api/client';
import { useNow } from '../../api/clock';
import type { DealDetail } from '../../api/queries';
import { handIn } from '../../api/documents';
import { ActForm } from '../../parts/act-form';
import { ChoiceField, DayField, DocumentField, fileIn, InstantField, LineField, WordsField } from '../../parts/fields';
import type { DealAct } from './deal-act';
import { words } from '../../words';
import { sendAct } from './send-act';

interface DealActFormProps {
  readonly deal: DealDetail;
  readonly act: DealAct;
  readonly close: () => void;
}

const TITLES: Readonly<Record<DealAct, readonly [title: string, explains: string]>> = {
  contact: [words.acts.contactTitle, words.acts.contactBody],
  stage: [words.acts.stageTitle, ''],
  won: [words.acts.wonTitle, words.acts.wonBody],
  lost: [words.acts.lostTitle, words.acts.lostBody],
  release: [words.acts.releaseTitle, words.acts.releaseBody],
  withdraw: [words.acts.withdrawTitle, words.acts.withdrawBody],
  decline: [words.acts.declineTitle, words.acts.declineBody],
  document: [words.acts.documentTitle, words.acts.documentBody],
};

/** The form of one act on a deal. */
export const DealActForm = ({ deal, act, close }: DealActFormProps) => {
  const { state, submit, findOut } = useAct(async (form: FormData, key) => {
    const file = fileIn(form, 'evidence');
    const documentId = file && (await handIn(file, `${key}.document`));
    return answerOf(sendAct(act, deal.id, form, documentId, key));
  }, close);
  const [title, explains] = TITLES[act];
  return (
    <ActForm {...{ title, explains, state, findOut }} act={words.acts.file} onSubmit={submit} onCancel={close}>
      <Fields act={act} />
    </ActForm>
  );
};

const Fields = ({ act }: { readonly act: DealAct }) => {
  const now = useNow();
  const today = new Date(now).toISOString().slice(0, 10);
  switch (act) {
    case 'contact':
      return (
        <>
          <ChoiceField name="kind" label={words.acts.kind} options={words.touchKinds} initial="meeting" required />
          <ChoiceField
            name="direction"
            label={words.acts.direction}
            options={words.directions}
            initial="two-way"
            required
          />
          <InstantField name="happenedAt" label={words.acts.happenedAt} initial={now} required />
          <LineField name="counterpart" label={words.acts.counterpart} />
          <DocumentField name="evidence" label={words.acts.evidence} />
        </>
      );
    case 'stage':
      return <ChoiceField name="stage" label={words.acts.stage} options={words.stages} required />;
    case 'won':
      return (
        <>
          <DayField name="closedOn" label={words.acts.closedOn} initial={today} required />
          <DocumentField name="evidence" label={words.acts.order} />
        </>
      );
    case 'lost':
      return (
        <>
          <DayField name="closedOn" label={words.acts.closedOn} initial={today} required />
          <WordsField name="reason" label={words.acts.reason} help={words.acts.reasonHelp} required />
        </>
      );
    case 'document':
      return <DocumentField name="evidence" label={words.acts.evidence} required />;
    case 'release':
    case 'withdraw':
    case 'decline':
      return <WordsField name="reason" label={words.acts.reason} help={words.acts.reasonHelp} required />;
  }
};
