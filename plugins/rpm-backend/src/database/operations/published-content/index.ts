export * from './iterateTexts';
export * from './packageFiles';
export * from './unitFiles';
