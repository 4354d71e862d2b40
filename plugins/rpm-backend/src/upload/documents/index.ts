export { documentChecks } from './checkDocuments';
export { documentCreators } from './createDocuments';
export { DocumentReader } from './DocumentReader';
