export * from './changeLabels';
