import { parseNsvca, type Nsvca } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import type { PackageDraft } from '../../content-units/packageDraft';
import { readArtifact } from '../../database/operations/artifacts';
import {
  listModulesOfStreams,
  listNamingModules,
} from '../../database/operations/modules';
import type { Visibility } from '../../permissions/AccessControl';
import { TaskError } from '../../tasks/errors';
import { InvalidInputError } from '../../validation';
import type { UnitCheck } from '../types';
import { judgeModule, parseBuild, type StoredModule } from './judgeModule';
import type { RpmReader } from './RpmReader';

/** What a request may say of a package besides its file. */
interface GivenFields {
  /** `name:stream:version:context` or `…:arch` of its module. */
  module?: string;
}

interface Services {
  knex: Knex;
  reader: RpmReader;
}

/** Refuses modular packages whose module is not there, and those that are not the module's. */
export function packageCheck({ knex, reader }: Services): UnitCheck {
  return async (input, { field, visible }) => {
    const { module } = (input.fields ?? {}) as GivenFields;
    const named = module === undefined ? undefined : parseBuild(module);
    if (module !== undefined && !named) {
      throw InvalidInputError.field(
        'module',
        'Name the module as name:stream:version:context or name:stream:version:context:arch.',
      );
    }
    const { artifactId, fileName = 'the file' } = input;
    const artifact = await readArtifact(knex, { id: artifactId! });
    // Whoever makes the unit tells what is wrong with the file.
    const draft =
      artifact && (await untilReadable(reader.read(artifact, fileName)));
    if (!draft) return;
    const label = draft.columns.modularity_label ?? undefined;
    const stream =
      named ?? (label === undefined ? undefined : parseNsvca(label));
    const stored = stream ? await listStored(knex, stream, draft, visible) : [];
    const pkg = { nevra: draft.repoKey!, label };
    const problem = judgeModule(pkg, named, stored);
    if (!problem) return;
    throw InvalidInputError.field(
      problem.at === 'file' ? field : problem.at,
      problem.sentence,
    );
  };
}

async function untilReadable(
  reading: Promise<PackageDraft>,
): Promise<PackageDraft | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof TaskError)) throw error;
    return undefined;
  }
}

/** The modules of a stream that the caller may see. */
async function listStored(
  knex: Knex,
  stream: Nsvca,
  { columns }: PackageDraft,
  visible: Visibility,
): Promise<StoredModule[]> {
  const scope = { versions: undefined, visible };
  const modules = await listModulesOfStreams(knex, [stream], scope);
  const naming = await listNamingModules(knex, [columns]);
  const ids = new Set(naming.map(({ modulemdId }) => modulemdId));
  return modules.map(module => ({
    ...module,
    namesPackage: ids.has(module.id),
  }));
}
