import { z } from 'zod';
import { TaskError } from '../../tasks/errors';

/** A file that `extra_files.json` names. */
export interface ExtraFile {
  /** Below the repository. */
  path: string;
  /** Bytes. */
  size: number | undefined;
  checksums: Record<string, string>;
}

/** Real ones name a licence or two. */
const MOST_FILES = 1_000;

const SCHEMA = z.object({
  data: z
    .array(
      z.object({
        file: z.string().min(1),
        size: z.int().min(0).optional(),
        checksums: z.record(z.string(), z.string()).default({}),
      }),
    )
    .max(MOST_FILES),
});

/**
 * Reads `extra_files.json`, by which composes of distributions name their licences and the like.
 *
 * @throws TaskError
 */
export function parseExtraFiles(text: string): ExtraFile[] {
  try {
    const { data } = SCHEMA.parse(JSON.parse(text));
    return data.map(({ file, size, checksums }) => ({
      path: file,
      size,
      checksums,
    }));
  } catch {
    throw new TaskError(
      'PLP0013',
      'The file extra_files.json cannot be used: it is not the list of files that it should be.',
    );
  }
}
