export * from './BodyReader';
export type { ReceivedFile } from './receiveMultipart';
