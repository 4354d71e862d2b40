export { CopyDialog, type CopySource } from './CopyDialog';
export { CopyFromButton } from './CopyFromButton';
export { CopyStatus } from './CopyStatus';
