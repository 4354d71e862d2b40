export * from './DownloadError';
export * from './RemoteDownloader';
export * from './types';
