export { VersionDiffView } from './VersionDiffView';
