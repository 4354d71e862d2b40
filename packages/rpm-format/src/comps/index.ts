export * from './CompsUnit';
export * from './readComps';
export * from './renderComps';
