/** What the run's set-up left in the environment. */
export const variable = (name: 'EVENTSTORE_URL' | 'DATABASE_URL'): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: only *.int.spec.ts and *.e2e.spec.ts are given stores.`);
  return value;
};
