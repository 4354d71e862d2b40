export * from './package';
export * from './evr';
export * from './nevra';
export * from './dependency';
export * from './metadata';
export * from './repodata';
export * from './updateinfo';
export * from './comps';
