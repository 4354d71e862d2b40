/** The kinds of metadata files of a repository. */
export type MetadataKind =
  | 'repomd'
  | 'primary'
  | 'filelists'
  | 'other'
  | 'updateinfo'
  | 'comps'
  | 'modules';

const FILE_NAMES: Record<MetadataKind, string> = {
  repomd: 'repomd.xml',
  primary: 'primary.xml',
  filelists: 'filelists.xml',
  other: 'other.xml',
  updateinfo: 'updateinfo.xml',
  comps: 'comps.xml',
  modules: 'modules.yaml',
};

/**
 * A metadata file that cannot be used: malformed, incomplete, inconsistent or beyond the limits.
 *
 * @remarks
 * The message is one sentence that begins with the file's usual name and can be shown to users.
 */
export class RepodataError extends Error {
  readonly kind: MetadataKind;

  /** `predicate` continues the sentence begun by the file's name: "has no …". */
  constructor(kind: MetadataKind, predicate: string) {
    super(`${FILE_NAMES[kind]} ${predicate}`);
    this.name = 'RepodataError';
    this.kind = kind;
  }
}
