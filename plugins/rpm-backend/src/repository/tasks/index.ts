export * from './deleteRepository';
export * from './deleteVersion';
export * from './modifyRepository';
export * from './updateRepository';
