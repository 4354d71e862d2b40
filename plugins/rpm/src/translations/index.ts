export { rpmTranslationRef } from './ref';
