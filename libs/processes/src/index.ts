export * from './account-keys/add-account-key';
export * from './account-opening/next-step';
export * from './account-opening/open-account';
export * from './claim-notices/claim-notices';
