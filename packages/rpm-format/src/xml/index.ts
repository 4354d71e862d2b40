export * from './decodeChunks';
export * from './renderXml';
export * from './readXml';
export * from './XmlElement';
