import type { Knex } from 'knex';
import {
  toModulemdDraft,
  type ModulemdDraft,
  type ModulemdUnitDocument,
} from '../../../content-units/modulemdDraft';
import type { DbModulemdArtifactRow } from '../../tables';
import { mapArtifacts, markPending } from '../artifact-map';
import { insertDetails } from './insertDetails';
import { saveUnits, type CreatedUnit } from './saveUnits';

const TABLES = {
  'rpm.modulemd': 'rpm_modulemd',
  'rpm.modulemd_defaults': 'rpm_modulemd_defaults',
  'rpm.modulemd_obsolete': 'rpm_modulemd_obsolete',
  'rpm.modulemd_document': 'rpm_modulemd_document',
} as const;

/**
 * Creates the modules, defaults, obsoletes and other documents that are new and finds those that
 * exist.
 *
 * @remarks
 * A module's artifacts are written with it, as the columns of their NEVRAs, and mapped to the packages
 * that are stored by now; those that come later are mapped when they come. Artifacts that cannot be
 * read are left out; `modulemdArtifacts` tells which they are.
 *
 * @param createdIds - gets the ids of those that are new
 * @returns the unit ids in the order given; see {@link saveUnits}
 */
export async function saveModulemdDocuments(
  knex: Knex,
  documents: readonly ModulemdUnitDocument[],
  createdIds?: Set<number>,
): Promise<number[]> {
  const ids = await saveUnits(
    knex,
    documents.map(toModulemdDraft),
    async (trx, created) => {
      for (const [type, table] of Object.entries(TABLES)) {
        await insertDetails(
          trx,
          table,
          created
            .filter(({ draft }) => draft.type === type)
            .map(({ unitId, draft }) => ({
              unit_id: unitId,
              ...draft.columns,
            })),
        );
      }
      await insertDetails(trx, 'rpm_modulemd_artifact', artifactRows(created));
      await markPending(
        trx,
        created.flatMap(({ unitId, draft }) =>
          draft.type === 'rpm.modulemd' ? unitId : [],
        ),
      );
    },
    createdIds,
  );
  await mapArtifacts(knex, ids);
  return ids;
}

function artifactRows(
  created: readonly CreatedUnit<ModulemdDraft>[],
): DbModulemdArtifactRow[] {
  return created.flatMap(({ unitId, draft }) =>
    draft.type === 'rpm.modulemd'
      ? draft.artifacts.map(({ name, epoch, version, release, arch }) => ({
          modulemd_id: unitId,
          name,
          epoch,
          version,
          release,
          arch,
        }))
      : [],
  );
}
