export { DistributionList } from './DistributionList';
