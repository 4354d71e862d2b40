import {
  compsDigest,
  readComps,
  readModules,
  readUpdateinfo,
  type Advisory,
  type CompsUnit,
} from '@rpmportal/rpm-format';
import type { ModulemdUnitDocument } from '../../content-units/modulemdDraft';
import {
  clientProblem,
  nameOfDocument,
} from '../../content-units/modulesDocuments';
import type { Job, JobContext } from '../../workers/types';
import {
  readMetadataFile,
  toMetadataFailure,
  type MetadataFile,
} from './MetadataFile';

/** The units that metadata files besides those of packages hold. */
export interface UnitsByKind {
  updateinfo: Advisory;
  comps: CompsUnit;
  modules: ModulemdUnitDocument;
}

export type UnitsKind = keyof UnitsByKind;

/** What {@link readUnitsJob} reads. */
export interface ReadUnitsInput {
  kind: UnitsKind;
  file: MetadataFile;
}

/** One sentence for each document that could not be used, or that somebody should know of. */
export type ReadUnitsOutput = string[];

/** Documents, which can be long, in one message. */
const BATCH = 50;

/** What of a file has been taken: of units that exclude each other the first counts. */
class Taken {
  readonly problems: string[] = [];
  readonly #digests = new Map<string, string>();

  /** Whether a unit is to be taken. The same once more is nothing to talk about. */
  admit(name: string, digest: string): boolean {
    const known = this.#digests.get(name);
    if (known === undefined) {
      this.#digests.set(name, digest);
      return true;
    }
    if (known !== digest) {
      this.problems.push(`There is more than one ${name}; the first is taken.`);
    }
    return false;
  }
}

async function readAdvisories(
  file: MetadataFile,
  context: JobContext<never, Advisory[]>,
): Promise<ReadUnitsOutput> {
  for await (const batch of readUpdateinfo(readMetadataFile(file))) {
    context.checkCancelled();
    await context.emit(batch);
  }
  // Advisories with one id are settled when the version is made.
  return [];
}

async function readCompsUnits(
  file: MetadataFile,
  context: JobContext<never, CompsUnit[]>,
): Promise<ReadUnitsOutput> {
  const taken = new Taken();
  for await (const batch of readComps(readMetadataFile(file))) {
    context.checkCancelled();
    await context.emit(
      batch.filter(unit => {
        const digest = compsDigest(unit);
        return taken.admit(
          unit.kind === 'langpacks'
            ? `langpacks ${digest}`
            : `${unit.kind} "${unit.id}"`,
          digest,
        );
      }),
    );
  }
  return taken.problems;
}

async function readModulesDocuments(
  file: MetadataFile,
  context: JobContext<never, ModulemdUnitDocument[]>,
): Promise<ReadUnitsOutput> {
  const taken = new Taken();
  let batch: ModulemdUnitDocument[] = [];
  for await (const document of readModules(readMetadataFile(file))) {
    context.checkCancelled();
    if (document.kind === 'invalid') {
      taken.problems.push(`${document.message}.`);
    } else if (taken.admit(nameOfDocument(document), document.digest)) {
      const problem = clientProblem(document);
      if (problem) taken.problems.push(problem);
      batch.push(document);
    }
    if (batch.length === BATCH) {
      await context.emit(batch);
      batch = [];
    }
  }
  if (batch.length) await context.emit(batch);
  return taken.problems;
}

const READERS = {
  updateinfo: readAdvisories,
  comps: readCompsUnits,
  modules: readModulesDocuments,
};

/** Reads advisories, groups or modules. */
export const readUnitsJob: Job<
  ReadUnitsInput,
  ReadUnitsOutput,
  never,
  UnitsByKind[UnitsKind][]
> = async ({ kind, file }, context) => {
  try {
    return await READERS[kind](file, context);
  } catch (error) {
    throw toMetadataFailure(error, { [kind]: file });
  }
};
