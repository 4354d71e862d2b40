export {
  type Compression,
  compressionOfFileName,
  detectCompression,
} from './Compression';
export { DecompressionError } from './DecompressionError';
export * from './compress';
export * from './decompress';
export * from './limitOutput';
