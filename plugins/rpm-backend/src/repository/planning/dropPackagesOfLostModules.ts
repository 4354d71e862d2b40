import {
  listMappedPackages,
  readUnitFacts,
} from '../../database/operations/versions';
import { dropModulePackages } from '../rules/dropModulePackages';
import type { Planning } from './Planning';
import { listPresentMappings } from './presentMappings';

/** Packages leave with their modules, unless they were asked for. */
export async function dropPackagesOfLostModules(
  planning: Planning,
): Promise<void> {
  const { knex, start, draft, requested } = planning;
  if (!start || !draft.removed.size) return;
  const gone = await readUnitFacts(knex, [...draft.removed.keys()]);
  const lostModules = gone.flatMap(({ id, type }) =>
    type === 'rpm.modulemd' ? id : [],
  );
  const mapped = await listMappedPackages(knex, start, lostModules);
  const lost = mapped.filter(
    ({ packageId }) =>
      !draft.removed.has(packageId) && !requested.has(packageId),
  );
  const present = await listPresentMappings(
    planning,
    lost.map(({ packageId }) => packageId),
  );
  for (const { packageId, modulemdId } of dropModulePackages(lost, present)) {
    draft.remove(packageId, { kind: 'module-removed', modulemdId });
  }
}
