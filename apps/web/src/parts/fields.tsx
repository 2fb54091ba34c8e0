import {
  type CalendarDate,
  type CalendarDateTime,
  getLocalTimeZone,
  parseDate,
  toCalendarDateTime,
  fromDate,
} from '@internationalized/date';
import {
  DateField,
  DateInput,
  DateSegment,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Button,
  Select,
  SelectValue,
  Text,
  TextArea,
  TextField,
} from 'react-aria-components';

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly required?: boolean;
}

/** One line of text. */
export const LineField = ({ name, label, help, required = false }: FieldProps) => (
  <TextField className="field" name={name} isRequired={required}>
    <Label>{label}</Label>
    <Input />
    {help !== undefined && <Text slot="description">{help}</Text>}
    <FieldError />
  </TextField>
);

/** Several lines of text. */
export const WordsField = ({ name, label, help, required = false }: FieldProps) => (
  <TextField className="field wide" name={name} isRequired={required}>
    <Label>{label}</Label>
    <TextArea rows={3} />
    {help !== undefined && <Text slot="description">{help}</Text>}
    <FieldError />
  </TextField>
);

interface ChoiceFieldProps extends FieldProps {
  readonly options: Readonly<Record<string, string>>;
  readonly initial?: string;
}

/** One of a few. */
export const ChoiceField = ({ name, label, options, initial, required = false }: ChoiceFieldProps) => (
  <Select
    className="field"
    name={name}
    isRequired={required}
    {...(initial === undefined ? {} : { defaultValue: initial })}
  >
    <Label>{label}</Label>
    <Button className="choice">
      <SelectValue />
      <span aria-hidden="true" className="choice-arrow" />
    </Button>
    <FieldError />
    <Popover className="choices">
      <ListBox>
        {Object.entries(options).map(([key, text]) => (
          <ListBoxItem key={key} id={key}>
            {text}
          </ListBoxItem>
        ))}
      </ListBox>
    </Popover>
  </Select>
);

/** A day, segment by segment. */
export const DayField = ({ name, label, initial, required = false }: FieldProps & { readonly initial?: string }) => (
  <DateField<CalendarDate>
    className="field"
    name={name}
    isRequired={required}
    shouldForceLeadingZeros
    {...(initial === undefined ? {} : { defaultValue: parseDate(initial) })}
  >
    <Label>{label}</Label>
    <DateInput className="segments">{(segment) => <DateSegment segment={segment} />}</DateInput>
    <FieldError />
  </DateField>
);

/** A point in time in the reader's zone; the form holds it as it is written there, `instantIn` makes an instant of it. */
export const InstantField = ({ name, label, initial, required = false }: FieldProps & { readonly initial: number }) => (
  <DateField<CalendarDateTime>
    className="field"
    name={name}
    granularity="minute"
    hourCycle={24}
    isRequired={required}
    shouldForceLeadingZeros
    defaultValue={toCalendarDateTime(fromDate(new Date(initial), getLocalTimeZone()))}
  >
    <Label>{label}</Label>
    <DateInput className="segments">{(segment) => <DateSegment segment={segment} />}</DateInput>
    <FieldError />
  </DateField>
);

/** A document. It is handed in when the form is sent. */
export const DocumentField = ({ name, label, help, required = false }: FieldProps) => {
  const id = `field-${name}`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="file" name={name} required={required} aria-describedby={`${id}-help`} />
      {help !== undefined && (
        <span id={`${id}-help`} className="small quiet">
          {help}
        </span>
      )}
    </div>
  );
};

/** What a field of the form says; undefined where it is empty. */
export const textIn = (form: FormData, name: string): string | undefined => {
  const value = form.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

/** The instant that an `InstantField` of the form says. */
export const instantIn = (form: FormData, name: string): string | undefined => {
  const text = textIn(form, name);
  return text === undefined ? undefined : new Date(text).toISOString();
};

export const fileIn = (form: FormData, name: string): File | undefined => {
  const value = form.get(name);
  return value instanceof File && value.size > 0 ? value : undefined;
};
