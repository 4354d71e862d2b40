export { ModulesView } from './ModulesView';
