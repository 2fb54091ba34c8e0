export * from './account-opening/next-step';
export * from './account-opening/open-account';
