export * from './Advisory';
export * from './advisoryDigest';
export * from './readUpdateinfo';
export * from './renderAdvisory';
