export { RollbackButton } from './RollbackButton';
export { RollbackDialog } from './RollbackDialog';
export { RollbackNotice } from './RollbackNotice';
export { RollbackStatus } from './RollbackStatus';
