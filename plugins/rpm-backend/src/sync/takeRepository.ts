import { fetchPackageFiles } from './fetchPackageFiles';
import { chooseRecords } from './metadata/chooseRecords';
import { fetchMetadata } from './metadata/fetchMetadata';
import type { FoundRepository } from './metadata/findRepository';
import { requireMirrorable } from './mirror/mirrorRules';
import { storeMirror, type Mirror } from './mirror/storeMirror';
import type { SyncRun } from './SyncRun';
import { takePackages } from './takePackages';
import {
  takeAdvisories,
  takeComps,
  takeMetadataFiles,
  takeModules,
} from './takeUnits';

/** What one repository of a remote has to give. */
export interface TakenRepository {
  unitIds: number[];
  /** Undefined unless it is mirrored. */
  mirror: Mirror | undefined;
}

/** Stores all that a repository has. */
export async function takeRepository(
  run: SyncRun,
  found: FoundRepository,
): Promise<TakenRepository> {
  const isMirror = run.options.syncPolicy === 'mirror_complete';
  if (isMirror) requireMirrorable(found.repomd);
  const files = await fetchMetadata(
    run,
    chooseRecords(found.repomd, { isMirror }),
  );
  const modules = await takeModules(run, files.modules);
  const packages = await takePackages(run, files, modules.artifacts);
  const advisories = await takeAdvisories(run, files.updateinfo);
  const comps = await takeComps(run, files.comps);
  const kept = await takeMetadataFiles(run, files.kept);
  const served = isMirror
    ? [...new Set(packages.places.values())]
    : packages.unitIds;
  if (run.remote.policy === 'immediate') await fetchPackageFiles(run, served);
  return {
    unitIds: [
      ...modules.unitIds,
      ...packages.unitIds,
      ...advisories,
      ...comps,
      ...kept.unitIds,
    ],
    mirror: isMirror
      ? {
          files: await storeMirror(run, found, files, kept.stored),
          packages: packages.places,
        }
      : undefined,
  };
}
