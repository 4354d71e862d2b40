export * from './FakeRpmApi';
export * from './fixtures';
export * from './renderOnEntityPage';
