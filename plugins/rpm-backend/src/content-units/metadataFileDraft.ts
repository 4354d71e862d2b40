import { createHash } from 'crypto';
import type { UnitDraft } from '../database/operations/content-units/saveUnits';
import type { DbRepoMetadataFileRow } from '../database/tables';

/** A file of a repository's metadata that is kept as it is, such as `productid`. */
export interface RepoMetadataFile {
  /** The record's type in repomd.xml. */
  dataType: string;
  /** Below the repository's root. */
  relativePath: string;
  checksumType: string;
  /** Hex. */
  checksum: string;
}

/** A metadata file as it is stored, but for the unit's id. */
export interface MetadataFileDraft extends UnitDraft {
  type: 'rpm.repo_metadata_file';
  columns: Omit<DbRepoMetadataFileRow, 'unit_id'>;
}

export function toMetadataFileDraft(file: RepoMetadataFile): MetadataFileDraft {
  const columns = {
    data_type: file.dataType,
    relative_path: file.relativePath,
    checksum_type: file.checksumType,
    checksum: file.checksum.toLowerCase(),
  };
  return {
    type: 'rpm.repo_metadata_file',
    digest: createHash('sha256').update(JSON.stringify(columns)).digest('hex'),
    repoKey: file.dataType,
    size: 0,
    columns,
  };
}
