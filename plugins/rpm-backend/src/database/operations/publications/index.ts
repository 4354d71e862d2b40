export * from './publicationPackages';
export * from './readPublicationFiles';
export * from './readPublications';
export * from './writePublications';
