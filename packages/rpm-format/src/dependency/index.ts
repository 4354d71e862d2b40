export * from './relation';
export * from './RichDependency';
export * from './parseRichDependency';
export * from './formatRichDependency';
