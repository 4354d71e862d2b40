export * from './readDistributions';
export * from './writeDistributions';
