import { z } from 'zod';
import { artifactShape, contentShape, defineContentRoutes } from './unit';

/** @public */
export const repoMetadataFileSchema = z
  .object({
    ...contentShape,
    ...artifactShape,
    data_type: z.string(),
    checksum_type: z.string(),
    checksum: z.string(),
    relative_path: z.string(),
  })
  .meta({ id: 'rpm.RepoMetadataFileResponse' });

/** A metadata file that is kept as it is, as the API shows it. @public */
export type RepoMetadataFile = z.infer<typeof repoMetadataFileSchema>;

/** @public */
export const repoMetadataFileRoutes = defineContentRoutes({
  collection: 'repo_metadata_files',
  parameter: 'rpm_repo_metadata_file_href',
  tag: 'Repo_Metadata_Files',
  units: 'metadata files',
  schema: repoMetadataFileSchema,
  id: 'rpm.RepoMetadataFile',
  filters: {},
});
