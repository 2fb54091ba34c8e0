import { parseDay, Refusal } from '@tempore/kernel';

import { policyVersion1 } from './policy';
import { checkPolicy } from './policy-check';

const { calendar, registration, protection } = policyVersion1;
const [autoApproval] = registration.autoApproval;
const eur = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });

const fieldsAtFault = (candidate: unknown): unknown => {
  try {
    return checkPolicy(candidate);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'POLICY_INVALID') throw error;
    return (error.details.facts?.['problems'] as { field: string }[]).map(({ field }) => field);
  }
};

it('given version 1 of the rulebook, it is a policy as it stands', () =>
  expect(checkPolicy(policyVersion1)).toEqual(policyVersion1));

it('given a programme that works until midnight, or around the clock, it is a policy', () => {
  const aroundTheClock = { ...policyVersion1, calendar: { ...calendar, opens: '00:00', closes: '24:00' } };
  expect(checkPolicy(aroundTheClock)).toEqual(aroundTheClock);
});

it('given days and holidays in any order, and more than once, each stands once and in order', () =>
  expect(
    checkPolicy(
      { ...policyVersion1, calendar: { ...calendar, workingDays: [5, 1, 5], holidays: ['2026-12-25', '2026-01-01'] } },
      [parseDay('2026-05-01'), parseDay('2026-12-25')],
    ).calendar,
  ).toEqual({ ...calendar, workingDays: [1, 5], holidays: ['2026-01-01', '2026-05-01', '2026-12-25'] }));

it.each([
  ['nothing', undefined, ['policy']],
  ['a field that is missing', { ...policyVersion1, currency: undefined }, ['currency']],
  ['a field that is not known', { ...policyVersion1, curency: 'USD' }, ['curency']],
  [
    'a field inside that is not known',
    { ...policyVersion1, protection: { ...protection, windowdays: 1 } },
    ['protection.windowdays'],
  ],
  [
    'a rule with a name that nobody sees',
    {
      ...policyVersion1,
      registration: {
        ...policyVersion1.registration,
        autoApproval: policyVersion1.registration.autoApproval.map((rule) => ({ ...rule, name: '\u200b' })),
      },
    },
    ['registration.autoApproval.0.name'],
  ],
  [
    'a working day that closes before it opens',
    { ...policyVersion1, calendar: { ...calendar, closes: '08:00' } },
    ['calendar.closes'],
  ],
  [
    'a working day that opens when the day has ended',
    { ...policyVersion1, calendar: { ...calendar, opens: '24:00', closes: '24:00' } },
    ['calendar.opens', 'calendar.closes'],
  ],
  [
    'a working day that closes after the day has ended',
    { ...policyVersion1, calendar: { ...calendar, closes: '24:01' } },
    ['calendar.closes'],
  ],
  [
    'a holiday that is no day',
    { ...policyVersion1, calendar: { ...calendar, holidays: ['2026-02-30'] } },
    ['calendar.holidays.0'],
  ],
  [
    'amounts in another currency, and negative ones',
    {
      ...policyVersion1,
      registration: {
        ...registration,
        minimumValue: eur(-1),
        autoApproval: [{ ...autoApproval, below: eur(1) }],
      },
    },
    [
      'registration.minimumValue.currency',
      'registration.autoApproval.0.below.currency',
      'registration.minimumValue.minorUnits',
    ],
  ],
  [
    'two rules of one name',
    { ...policyVersion1, registration: { ...registration, autoApproval: [autoApproval, autoApproval] } },
    ['registration.autoApproval.1.name'],
  ],
  [
    'an escalation before the target',
    { ...policyVersion1, registration: { ...registration, reviewTargetBusinessDays: 3 } },
    ['registration.reviewEscalationBusinessDays'],
  ],
  [
    'reminders outside the window',
    { ...policyVersion1, protection: { ...protection, windowDays: 10 } },
    ['protection.reminderDays.0', 'protection.reminderDays.1'],
  ],
  [
    'counts that no calendar holds',
    {
      ...policyVersion1,
      registration: { ...registration, answerBusinessDays: Number.MAX_SAFE_INTEGER },
      protection: { ...protection, windowDays: 3_651, queueDays: 3_650 },
    },
    ['registration.answerBusinessDays', 'protection.windowDays'],
  ],
  [
    'a window of no time',
    { ...policyVersion1, protection: { ...protection, windowDays: 0, reminderDays: [] } },
    ['protection.windowDays'],
  ],
  [
    'a head of the programme who is asked before the answer is due',
    { ...policyVersion1, protection: { ...protection, outcomeBusinessDays: 11 } },
    ['protection.outcomeHeadBusinessDays'],
  ],
  [
    'askings without end',
    { ...policyVersion1, protection: { ...protection, queueAskDays: 0 } },
    ['protection.queueAskDays'],
  ],
  [
    'several faults of both kinds at once',
    {
      ...policyVersion1,
      calendar: { ...calendar, timeZone: 'Mars', opens: '18:00' },
      protection: { ...protection, queueDays: 1.5 },
    },
    ['calendar.timeZone', 'protection.queueDays', 'calendar.closes'],
  ],
])('given %s, every field at fault is named', (_case, candidate, fields) =>
  expect(fieldsAtFault(candidate)).toEqual(fields),
);

it.each([
  ['an alias of a time zone', { timeZone: 'US/Pacific' }],
  ['UTC', { timeZone: 'UTC' }],
])('given %s, it is one', (_what, part) =>
  expect(checkPolicy({ ...policyVersion1, calendar: { ...calendar, ...part } }).calendar).toMatchObject(part),
);

it.each([
  ['a time zone of nothing', { timeZone: '' }, 'calendar.timeZone: must be an IANA time zone such as Europe/Berlin'],
  ['an opening with something behind it', { opens: '09:00h' }, 'calendar.opens: must be a time of day such as 09:00'],
  ['an opening with something before it', { opens: 'at 09:00' }, 'calendar.opens: must be a time of day such as 09:00'],
  ['a closing with something behind it', { closes: '17:00h' }, 'calendar.closes: must be a time of day such as 17:00'],
  [
    'a closing with something before it',
    { closes: 'at 17:00' },
    'calendar.closes: must be a time of day such as 17:00',
  ],
])('given %s, it is said what would be right', (_what, part, told) => {
  const checking = (): unknown => checkPolicy({ ...policyVersion1, calendar: { ...calendar, ...part } });
  expect(checking).toThrow(told);
});

it.each(['bronze', 'silver', 'gold'] as const)('given a rule for %s partners, it is one', (tier) => {
  const rules = { ...registration, autoApproval: [{ ...autoApproval, tiers: [tier] }] };
  expect(checkPolicy({ ...policyVersion1, registration: rules }).registration).toEqual(rules);
});

it('given two rules without a name, neither is said to have that of the other', () => {
  const nameless = { ...autoApproval, name: undefined };
  expect(
    fieldsAtFault({ ...policyVersion1, registration: { ...registration, autoApproval: [nameless, nameless] } }),
  ).toEqual(['registration.autoApproval.0.name', 'registration.autoApproval.1.name']);
});

it('given what is no list, where one belongs, that alone is said of it', () =>
  expect(fieldsAtFault({ ...policyVersion1, protection: { ...protection, reminderDays: 'none' } })).toEqual([
    'protection.reminderDays',
  ]));

it('given null, it is no policy', () => expect(fieldsAtFault(null)).toEqual(['policy']));
