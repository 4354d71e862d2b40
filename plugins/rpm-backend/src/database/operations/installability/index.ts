export * from './findReport';
export * from './isCorrected';
export * from './readReportParts';
export * from './saveReport';
