export { ChangeMark } from './ChangeMark';
