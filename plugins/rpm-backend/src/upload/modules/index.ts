export * from './AuthorizedModulesUploadService';
export * from './DefaultModulesUploadService';
export * from './ModulesFileReader';
export * from './types';
export { UPLOAD_MODULES_TASK, uploadModulesHandler } from './uploadModules';
