import type { RepoMetadataFile } from '@rpmportal/backstage-plugin-rpm-common';
import type { MetadataFileUnit } from '../../content-units';
import { serializeArtifact, serializeUnit } from './serializeUnit';

/** A metadata file in wire format. */
export function serializeMetadataFile(
  unit: MetadataFileUnit,
): RepoMetadataFile {
  const { file } = unit;
  return {
    ...serializeUnit(unit),
    ...serializeArtifact(unit.artifact),
    data_type: file.dataType,
    checksum_type: file.checksumType,
    checksum: file.checksum,
    relative_path: file.relativePath,
  };
}
