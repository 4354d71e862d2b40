export { UnitCounts } from './UnitCounts';
