import { readModules } from '@rpmportal/rpm-format';
import type { ModulemdUnitDocument } from '../../content-units/modulemdDraft';
import {
  clientProblem,
  nameOfDocument,
} from '../../content-units/modulesDocuments';
import {
  readMetadataFile,
  toMetadataFailure,
  type MetadataFile,
} from '../../sync/jobs/MetadataFile';
import type { Job } from '../../workers/types';

export const READ_MODULES = 'upload.readModules';

/** What is to be said of a whole modules.yaml. */
export interface ReadModulesOutput {
  /** One sentence for each document for which the file cannot be accepted. */
  problems: string[];
  /** One sentence for each document that can cause trouble elsewhere. */
  warnings: string[];
}

/** Documents, which can be long, in one message. */
const BATCH = 50;

/**
 * Reads a whole modules.yaml and hands over each document once, up to the first that is not to be
 * accepted: what is wrong is gathered for all of them.
 *
 * @throws a failure with the code of a task when the file cannot be read
 */
export const readModulesJob: Job<
  MetadataFile,
  ReadModulesOutput,
  never,
  ModulemdUnitDocument[]
> = async (file, context) => {
  const reading = new Reading();
  let batch: ModulemdUnitDocument[] = [];
  try {
    for await (const document of readModules(readMetadataFile(file))) {
      context.checkCancelled();
      if (reading.admit(document)) batch.push(document);
      if (batch.length === BATCH) {
        await context.emit(batch);
        batch = [];
      }
    }
  } catch (error) {
    throw toMetadataFailure(error, { modules: file });
  }
  const output = reading.finish();
  if (batch.length && !output.problems.length) await context.emit(batch);
  return output;
};

type AnyDocument = ReturnType<typeof readModules> extends AsyncGenerator<
  infer T
>
  ? T
  : never;

class Reading {
  readonly #problems: string[] = [];
  readonly #warnings: string[] = [];
  readonly #places = new Map<string, { position: number; digest: string }>();
  #count = 0;

  /** Whether the document is a new one, and nothing has been wrong so far. */
  admit(document: AnyDocument): document is ModulemdUnitDocument {
    this.#count += 1;
    if (document.kind === 'invalid') {
      this.#problems.push(`${document.message}.`);
      return false;
    }
    const name = nameOfDocument(document);
    const known = this.#places.get(name);
    if (!known) {
      const { digest } = document;
      this.#places.set(name, { position: this.#count, digest });
      const warning = clientProblem(document);
      if (warning) this.#warnings.push(warning);
    } else if (known.digest !== document.digest) {
      this.#problems.push(
        `modules.yaml has document ${
          this.#count
        } that is a second ${name}, which document ${known.position} is.`,
      );
    }
    return !known && this.#problems.length === 0;
  }

  finish(): ReadModulesOutput {
    if (this.#count === 0) this.#problems.push('There are no documents in it.');
    return { problems: this.#problems, warnings: this.#warnings };
  }
}
