export * from './MirrorShelf';
export * from './PackageShelf';
export * from './TreeShelf';
export * from './types';
