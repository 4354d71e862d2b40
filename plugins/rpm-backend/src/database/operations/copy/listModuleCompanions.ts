import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { whereInVersion, type VersionContent } from '../../membership';
import { pause } from '../../pause';

/** What says something about a module and is no use without it. */
export interface ModuleCompanion {
  unitId: number;
  type: 'rpm.modulemd_defaults' | 'rpm.modulemd_obsolete';
  modulemdId: number;
}

/** The defaults of the modules, and the notices that their streams end, that a version holds. */
export async function listModuleCompanions(
  knex: Knex,
  content: VersionContent,
  modulemdIds: readonly number[],
): Promise<ModuleCompanion[]> {
  const found: ModuleCompanion[] = [];
  for (const chunk of chunksOf(modulemdIds)) {
    const defaults: Omit<ModuleCompanion, 'type'>[] = await whereInVersion(
      knex('rpm_modulemd as module')
        .join('rpm_modulemd_defaults as companion', {
          'companion.module': 'module.name',
        })
        .join('repository_content', {
          'repository_content.unit_id': 'companion.unit_id',
        })
        .select('companion.unit_id as unitId', 'module.unit_id as modulemdId')
        .whereIn('module.unit_id', chunk),
      content,
    );
    const obsoletes: Omit<ModuleCompanion, 'type'>[] = await whereInVersion(
      knex('rpm_modulemd as module')
        .join('rpm_modulemd_obsolete as companion', {
          'companion.module_name': 'module.name',
          'companion.module_stream': 'module.stream',
        })
        .join('repository_content', {
          'repository_content.unit_id': 'companion.unit_id',
        })
        .select('companion.unit_id as unitId', 'module.unit_id as modulemdId')
        .whereIn('module.unit_id', chunk),
      content,
    );
    found.push(
      ...defaults.map(row => ({
        ...row,
        type: 'rpm.modulemd_defaults' as const,
      })),
      ...obsoletes.map(row => ({
        ...row,
        type: 'rpm.modulemd_obsolete' as const,
      })),
    );
    await pause();
  }
  return found.sort(
    (a, b) => a.unitId - b.unitId || a.modulemdId - b.modulemdId,
  );
}
