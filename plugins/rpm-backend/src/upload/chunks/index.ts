export * from './AuthorizedUploadService';
export * from './commitUpload';
export * from './DefaultUploadService';
export * from './sweepUploads';
export * from './types';
export * from './UploadFiles';
