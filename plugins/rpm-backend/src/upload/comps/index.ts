export * from './AuthorizedCompsUploadService';
export * from './DefaultCompsUploadService';
export * from './types';
export { UPLOAD_COMPS_TASK, uploadCompsHandler } from './uploadComps';
