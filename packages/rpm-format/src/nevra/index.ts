export * from './Nevra';
