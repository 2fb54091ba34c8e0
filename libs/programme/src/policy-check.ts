import { type Day, faultOfName, Refusal } from '@tempore/kernel';
import type { z } from 'zod';

import { type Policy, policySchema } from './policy';

/** Ten years of days: what is counted further leads out of the calendar, or takes for ever to count. */
const LONGEST = 3_650;

interface Problem {
  /** Path of the field: `calendar.closes`. */
  readonly field: string;
  readonly message: string;
}

/**
 * A policy in normal form, with further holidays. Throws `POLICY_INVALID`, which names every field at fault: those that
 * are wrong in themselves, and those that do not go with another.
 */
export const checkPolicy = (candidate: unknown, furtherHolidays: readonly Day[] = []): Policy => {
  const parsed = policySchema.safeParse(candidate);
  const problems = [...(parsed.error?.issues.flatMap(problemsOf) ?? []), ...disagreements(candidate)];
  if (parsed.success && problems.length === 0) return normalised(parsed.data, furtherHolidays);
  const named = problems.map(({ field, message }) => `${field}: ${message}`);
  throw new Refusal('POLICY_INVALID', 'invalid', `This is no policy. ${named.join('; ')}.`, {
    remedy: 'Start from the policy in force, and mend each field that is named.',
    facts: { problems },
  });
};

const normalised = (policy: Policy, furtherHolidays: readonly Day[]): Policy => {
  const { workingDays, holidays } = policy.calendar;
  const calendar = {
    ...policy.calendar,
    workingDays: [...new Set(workingDays)].sort((a, b) => a - b),
    holidays: [...new Set([...holidays, ...furtherHolidays])].sort(),
  };
  return { ...policy, calendar };
};

const problemsOf = (issue: z.core.$ZodIssue): readonly Problem[] => {
  const field = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return [{ field: field || 'policy', message: issue.message }];
  return issue.keys.map((key) => ({ field: field ? `${field}.${key}` : key, message: 'is not known' }));
};

/** What is wrong between fields; a field that is missing or malformed is no part of it, since that is said already. */
const disagreements = (candidate: unknown): readonly Problem[] => {
  const read = (path: string): unknown => path.split('.').reduce(fieldOf, candidate);
  const rules = listOf(read('registration.autoApproval'));
  const amounts = [
    'registration.minimumValue',
    'registration.reviewThreshold',
    ...rules.map((_, index) => `registration.autoApproval.${index}.below`),
  ];
  const names = rules.map((rule) => fieldOf(rule, 'name'));
  const currency = read('currency');
  const windowDays = read('protection.windowDays');
  return [
    ...amounts
      .filter((path) => differ(read(`${path}.currency`), currency))
      .map((path) => ({ field: `${path}.currency`, message: `must be that of the programme, ${String(currency)}` })),
    ...amounts
      .filter((path) => isBelow(read(`${path}.minorUnits`), 0))
      .map((path) => ({ field: `${path}.minorUnits`, message: 'must not be negative' })),
    ...names
      .map((name, index) => ({ name, field: `registration.autoApproval.${index}.name` }))
      .filter(({ name }, index) => name !== undefined && names.indexOf(name) < index)
      .map(({ field }) => ({ field, message: 'must not be the name of another rule' })),
    ...names.flatMap((name, index) => {
      const message = typeof name === 'string' ? faultOfName(name) : undefined;
      return message === undefined ? [] : [{ field: `registration.autoApproval.${index}.name`, message }];
    }),
    ...(isBelow(read('registration.reviewEscalationBusinessDays'), read('registration.reviewTargetBusinessDays'))
      ? [{ field: 'registration.reviewEscalationBusinessDays', message: 'must not come before the target' }]
      : []),
    ...(isBelow(read('protection.outcomeHeadBusinessDays'), read('protection.outcomeBusinessDays'))
      ? [{ field: 'protection.outcomeHeadBusinessDays', message: 'must not come before the answer is due' }]
      : []),
    ...(isAfter(read('calendar.closes'), read('calendar.opens'))
      ? []
      : [{ field: 'calendar.closes', message: 'must be later than calendar.opens' }]),
    ...['registration', 'protection']
      .flatMap((part) =>
        Object.entries(recordOf(read(part))).map(([name, count]) => ({ field: `${part}.${name}`, count })),
      )
      .filter(({ count }) => isBelow(LONGEST, count))
      .map(({ field }) => ({ field, message: `must be ${LONGEST} at the most` })),
    ...['protection.windowDays', 'protection.queueAskDays']
      .filter((field) => isBelow(read(field), 1))
      .map((field) => ({ field, message: 'must be one day at least' })),
    ...listOf(read('protection.reminderDays'))
      .map((days, index) => ({ days, field: `protection.reminderDays.${index}` }))
      .filter(({ days }) => isBelow(windowDays, days))
      .map(({ field }) => ({ field, message: 'must lie within the window' })),
  ];
};

const fieldOf = (value: unknown, name: string): unknown => recordOf(value)[name];

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const differ = (a: unknown, b: unknown): boolean => typeof a === 'string' && typeof b === 'string' && a !== b;

const isBelow = (a: unknown, b: unknown): boolean => typeof a === 'number' && typeof b === 'number' && a < b;

const isAfter = (a: unknown, b: unknown): boolean => typeof a !== 'string' || typeof b !== 'string' || a > b;
