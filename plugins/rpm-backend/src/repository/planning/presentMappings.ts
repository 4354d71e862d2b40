import {
  listMappingModules,
  listPresent,
  type ModuleMapping,
} from '../../database/operations/versions';
import type { Planning } from './Planning';

/** Which modules that the draft holds name the packages as their artifacts. */
export async function listPresentMappings(
  { knex, start, draft }: Planning,
  packageIds: readonly number[],
): Promise<ModuleMapping[]> {
  const mappings = await listMappingModules(knex, [...new Set(packageIds)]);
  const modules = [...new Set(mappings.map(({ modulemdId }) => modulemdId))];
  const inStart = start
    ? await listPresent(knex, start, modules)
    : new Set<number>();
  return mappings.filter(
    ({ modulemdId }) =>
      draft.added.has(modulemdId) ||
      (inStart.has(modulemdId) && !draft.removed.has(modulemdId)),
  );
}
