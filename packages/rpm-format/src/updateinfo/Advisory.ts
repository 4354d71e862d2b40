/**
 * An advisory (erratum), one `<update>` of updateinfo.xml.
 *
 * @remarks
 * Texts are as in the document; `undefined` means that the element or attribute is absent, which is
 * not the same as empty. Dates are kept as text since tools write them in several ways
 * (`2024-01-31 12:00:00`, epoch seconds, …).
 */
export interface Advisory extends AdvisoryTexts {
  id: string;
  rebootSuggested: boolean;
  pkglist: AdvisoryCollection[];
  references: AdvisoryReference[];
}

/** The texts of an advisory that may be absent. */
export interface AdvisoryTexts {
  /** Who published it (the attribute `from`). */
  fromstr?: string;
  status?: string;
  /** `security`, `bugfix`, `enhancement`, `newpackage`, … */
  type?: string;
  version?: string;
  title?: string;
  issuedDate?: string;
  updatedDate?: string;
  rights?: string;
  release?: string;
  pushcount?: string;
  severity?: string;
  summary?: string;
  description?: string;
  solution?: string;
}

/** Packages that belong together: of one product, or of one module. */
export interface AdvisoryCollection {
  name?: string;
  shortname?: string;
  module?: AdvisoryModule;
  packages: AdvisoryPackage[];
}

/** The module whose packages a collection lists. */
export interface AdvisoryModule {
  name: string;
  stream: string;
  version: string;
  context: string;
  arch: string;
}

/** A package that an advisory is about. */
export interface AdvisoryPackage {
  name: string;
  /** `'0'` when absent. */
  epoch: string;
  version: string;
  release: string;
  arch: string;
  src?: string;
  filename?: string;
  /** Digest of the package, always together with its kind. */
  sum?: string;
  sumType?: string;
  rebootSuggested: boolean;
  restartSuggested: boolean;
  reloginSuggested: boolean;
}

/** A link to more information. */
export interface AdvisoryReference {
  href?: string;
  id?: string;
  /** `bugzilla`, `cve`, `self`, `other`, … */
  type?: string;
  title?: string;
}
