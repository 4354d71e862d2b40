export { parseTreeinfo, subRepositories } from './parseTreeinfo';
export {
  rewriteTreeinfo,
  type PublishedTreeRepository,
} from './rewriteTreeinfo';
export * from './Treeinfo';
export { TreeinfoError } from './TreeinfoError';
