export * from './InvalidInputError';
