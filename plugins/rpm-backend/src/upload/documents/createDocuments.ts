import { formatNsvca } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import {
  saveAdvisories,
  saveModulemdDocuments,
  unitHrefs,
} from '../../database/operations/content-units';
import { recordUnitUploader } from '../../database/operations/uploads';
import { TaskError } from '../../tasks';
import type { UnitCreators } from '../tasks/createContent';
import type { CreatedUnit, UnitCreator } from '../types';
import type { DocumentReader } from './DocumentReader';
import { MODULES_KINDS, type ModulesType } from './moduleKinds';
import type { ModulesDocumentOf, ModulesKind } from './modulesSnippet';

interface Services {
  knex: Knex;
  reader: DocumentReader;
}

/** How units are made of documents. A document that is here already is refused, as Pulp does. */
export function documentCreators(services: Services): UnitCreators {
  return {
    'rpm.advisory': createAdvisory(services),
    'rpm.modulemd': createModules(services, 'rpm.modulemd'),
    'rpm.modulemd_defaults': createModules(services, 'rpm.modulemd_defaults'),
    'rpm.modulemd_obsolete': createModules(services, 'rpm.modulemd_obsolete'),
  };
}

function createAdvisory({ knex, reader }: Services): UnitCreator {
  return async (context, input) => {
    const { document, problems } = await reader.readAdvisory(input);
    if (problems) throw unfit(problems);
    return createOne(knex, context.createdBy, `advisory ${document.id}`, ids =>
      saveAdvisories(knex, [document], ids),
    );
  };
}

function createModules(
  { knex, reader }: Services,
  type: ModulesType,
): UnitCreator {
  return async (context, input) => {
    const { document, problems } = await reader.readSnippet(
      MODULES_KINDS[type],
      (input.fields as { snippet: string }).snippet,
    );
    if (problems) throw unfit(problems);
    return createOne(knex, context.createdBy, nameOf(document), ids =>
      saveModulemdDocuments(knex, [document], ids),
    );
  };
}

/** The caller has been told before, unless this is an older or newer replica than that one. */
function unfit(problems: readonly string[]): TaskError {
  return new TaskError('RPM0000', problems.join(' '));
}

function nameOf(document: ModulesDocumentOf<ModulesKind>): string {
  switch (document.kind) {
    case 'modulemd':
      return `module ${formatNsvca(document)}`;
    case 'modulemd-defaults':
      return `document with the defaults of module ${document.module}`;
    default:
      return `notice about module ${document.module}:${document.stream}`;
  }
}

/**
 * Who has sent a document that is here already may see it from now on: the refusal names it, so that
 * it can be added to a repository.
 *
 * @throws TaskError when the unit exists
 */
async function createOne(
  knex: Knex,
  user: string | undefined,
  name: string,
  save: (createdIds: Set<number>) => Promise<number[]>,
): Promise<CreatedUnit> {
  const createdIds = new Set<number>();
  const [unitId] = await save(createdIds);
  if (createdIds.has(unitId)) return { unitId, created: true };
  await recordUnitUploader(knex, unitId, user);
  const [href] = (await unitHrefs(knex, [unitId])).values();
  throw new TaskError(
    'PLP0022',
    `duplicate key value violates unique constraint: this ${name} exists as ${href}.`,
  );
}
