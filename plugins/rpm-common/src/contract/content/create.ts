import { z } from 'zod';
import { labelsSchema, referenceSchema } from '../base';
import { fileSchema } from '../files';
import { downloaderConfigSchema } from '../remotes';

/** Where the file of new content comes from; exactly one of the first four. @public */
export const fileSourceShape = {
  file: fileSchema.optional(),
  /** An upload in pieces; it is used up. */
  upload: referenceSchema.optional(),
  artifact: referenceSchema.optional(),
  file_url: z.string().min(1).optional(),
  downloader_config: downloaderConfigSchema.optional(),
};

/** What is done with new content. @public */
export const contentDestinationShape = {
  /** It is added to this repository, in a new version. */
  repository: referenceSchema.optional(),
  /** Whether it may take the place of something else there; true when absent. */
  overwrite: z.boolean().optional(),
  /** Of content that is new; what exists keeps its own. */
  pulp_labels: labelsSchema.optional(),
  /** Said of the new version. */
  reason: z.string().max(1000).optional(),
};
