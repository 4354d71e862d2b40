export * from './route';
export * from './base';
export * from './artifacts';
export * from './files';
export * from './uploads';
export * from './filterExpression';
export * from './filters';
export {
  choices,
  oneOf,
  optionalReferences,
  reference,
  references,
  trueOrFalse,
  type ReferenceKind,
} from './filterValues';
export * from './labelSelect';
export { setLabelSchema, unsetLabelSchema, type LabelRoutes } from './labels';
export * from './status';
export * from './taskGroups';
export * from './orphans';
export * from './prune';
export * from './tasks';
export * from './remotes';
export * from './publications';
export * from './distributions';
export * from './comps';
export * from './copy';
export * from './plans';
export * from './installability';
export * from './modules';
export * from './repositories';
export * from './versions';
export * from './versionResults';
export * from './content';
export * from './sync';
