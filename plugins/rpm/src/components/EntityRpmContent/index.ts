export { EntityRpmContent } from './EntityRpmContent';
