export * from './ModulesDocument';
export * from './nsvca';
export * from './parseModulesDocument';
export * from './readModules';
export { renderModules, splitModules } from './splitModules';
