export * from './account-keys/add-account-key';
export * from './account-opening/next-step';
export * from './account-opening/open-account';
export * from './bounce-alert/bounce-alert';
export * from './claim-notices/claim-notices';
export * from './deal-registration/drive-registration';
export * from './deal-registration/next-step';
export * from './line-mentions/line-mentions';
