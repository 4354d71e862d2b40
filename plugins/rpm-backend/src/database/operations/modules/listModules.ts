import type { Nevra } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import type { ModuleBuild } from '../../../modulemd-map/modules/types';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';
import { listInScope, type ContentScope } from './contentScope';

/** Those of the modules that are in scope. */
export async function readModules(
  knex: Knex,
  ids: readonly number[],
  scope: ContentScope,
): Promise<ModuleBuild[]> {
  const inScope = await listInScope(knex, ids, scope);
  const modules: ModuleBuild[] = [];
  for (const chunk of chunksOf([...inScope])) {
    modules.push(
      ...(await selectModules(knex).whereIn('module.unit_id', chunk)),
    );
    await pause();
  }
  return modules;
}

/** All modules in scope of some streams. */
export async function listModulesOfStreams(
  knex: Knex,
  streams: readonly Pick<ModuleBuild, 'name' | 'stream'>[],
  scope: ContentScope,
): Promise<ModuleBuild[]> {
  const modules: ModuleBuild[] = [];
  for (const chunk of chunksOf(streams)) {
    const builds: ModuleBuild[] = await selectModules(knex).whereIn(
      ['module.name', 'module.stream'],
      chunk.map(({ name, stream }) => [name, stream]),
    );
    const ids = builds.map(({ id }) => id);
    const inScope = await listInScope(knex, ids, scope);
    modules.push(...builds.filter(({ id }) => inScope.has(id)));
    await pause();
  }
  return modules;
}

function selectModules(knex: Knex): Knex.QueryBuilder {
  return knex('rpm_modulemd as module')
    .join('unit', 'unit.id', 'module.unit_id')
    .select(
      'unit.id',
      'unit.uuid',
      'module.name',
      'module.stream',
      'module.version',
      'module.context',
      'module.arch',
    );
}

/** A package that a module's document names, stored or not. */
export interface NamedArtifact extends Nevra {
  modulemdId: number;
}

/** Which modules name the packages in their documents. */
export async function listNamingModules(
  knex: Knex,
  nevras: readonly Nevra[],
): Promise<NamedArtifact[]> {
  const found: NamedArtifact[][] = [];
  for (const chunk of chunksOf(nevras)) {
    const rows: NamedArtifact[] = await knex(
      'rpm_modulemd_artifact as artifact',
    )
      .select(
        'artifact.modulemd_id as modulemdId',
        'artifact.name',
        'artifact.epoch',
        'artifact.version',
        'artifact.release',
        'artifact.arch',
      )
      .whereIn(
        [
          'artifact.name',
          'artifact.version',
          'artifact.release',
          'artifact.arch',
          'artifact.epoch',
        ],
        chunk.map(({ name, version, release, arch, epoch }) => [
          name,
          version,
          release,
          arch,
          epoch,
        ]),
      );
    found.push(rows);
    await pause();
  }
  return found.flat();
}
