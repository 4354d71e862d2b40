export { CheckpointTable } from './CheckpointTable';
