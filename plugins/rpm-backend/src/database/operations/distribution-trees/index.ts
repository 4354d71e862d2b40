export * from './hiddenRepositories';
export * from './readTree';
export * from './saveDistributionTree';
export * from './treeFiles';
