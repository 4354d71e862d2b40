export * from './changelogs';
export * from './files';
export * from './relations';
export { cleanText } from './text';
