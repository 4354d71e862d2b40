import type { Knex } from 'knex';
import {
  readUpload,
  recordArtifactUploader,
} from '../../database/operations/uploads';
import { hrefOf, prnOf } from '../../identifiers';
import { TaskError } from '../../tasks/errors';
import type { TaskHandler, TaskSpec } from '../../tasks/types';
import type { UploadRecord } from './types';
import type { UploadFiles } from './UploadFiles';

/** Pulp's name of the task. */
export const COMMIT_UPLOAD_TASK = 'pulpcore.app.tasks.upload.commit';

interface CommitUploadInput {
  uploadId: number;
  sha256: string;
}

/** The task that makes a stored file of an upload, which it has for itself. */
export function commitUploadTask(
  upload: UploadRecord,
  sha256: string,
  call: { createdBy: string | undefined; loggingCid: string | undefined },
): TaskSpec {
  const input: CommitUploadInput = { uploadId: upload.id, sha256 };
  return {
    name: COMMIT_UPLOAD_TASK,
    input,
    reservations: { exclusive: [prnOf('upload', upload.uuid)] },
    ...call,
  };
}

/** A failure leaves the upload as it is, so that what is missing can still be sent. */
export function commitUploadHandler(options: {
  knex: Knex;
  files: UploadFiles;
}): TaskHandler {
  const { knex, files } = options;
  return async ({ createdBy, signal }, input: CommitUploadInput) => {
    const upload = await readUpload(knex, { id: input.uploadId });
    if (!upload) {
      throw new TaskError('PLP0005', 'The upload does not exist any more.');
    }
    const artifact = await files.assemble(upload, {
      name: 'the upload',
      sha256: input.sha256,
      signal,
    });
    await recordArtifactUploader(knex, artifact.id, createdBy);
    await files.remove(upload);
    return { createdResources: [hrefOf('artifact', artifact.uuid)] };
  };
}
