export { CopyButton } from './CopyButton';
export { Snippet } from './Snippet';
