export * from './repairTask';
