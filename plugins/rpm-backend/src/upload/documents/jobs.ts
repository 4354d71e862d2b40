import { readFile } from 'fs/promises';
import type { Job } from '../../workers/types';
import { readAdvisoryDocument } from './advisoryDocument';
import {
  readModulesSnippet,
  type ModulesDocumentOf,
  type ModulesKind,
} from './modulesSnippet';
import type { ReadDocument } from './types';
import type { Advisory } from '@rpmportal/rpm-format';

export const READ_ADVISORY = 'upload.readAdvisory';
export const READ_SNIPPET = 'upload.readSnippet';

/** Reads an advisory from a JSON file. */
const readAdvisory: Job<{ path: string }, ReadDocument<Advisory>> = async ({
  path,
}) => readAdvisoryDocument(await readFile(path));

/** Reads a snippet of modules.yaml. */
const readSnippet: Job<
  { kind: ModulesKind; snippet: string },
  ReadDocument<ModulesDocumentOf<ModulesKind>>
> = async ({ kind, snippet }) => readModulesSnippet(kind, snippet);

/** The reading of uploaded documents, which can be large: it runs in threads. */
export const documentJobs = {
  [READ_ADVISORY]: readAdvisory,
  [READ_SNIPPET]: readSnippet,
};
