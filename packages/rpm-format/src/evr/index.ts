export * from './Evr';
export * from './compareEvr';
export * from './evrSortKey';
export * from './satisfiesRelation';
