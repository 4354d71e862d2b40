import { formatNevra } from '@rpmportal/rpm-format';
import { modulemdArtifacts } from '../content-units/modulemdArtifacts';
import {
  attachArtifacts,
  saveAdvisories,
  saveComps,
  saveModulemdDocuments,
  saveRepoMetadataFiles,
} from '../database/operations/content-units';
import type { FetchedFile } from './metadata/fetchMetadata';
import { READ_UNITS } from './jobs';
import type {
  ReadUnitsInput,
  ReadUnitsOutput,
  UnitsByKind,
  UnitsKind,
} from './jobs/readUnitsJob';
import type { Progress } from '../tasks/types';
import type { SyncRun } from './SyncRun';

/** Problems of one file that are named in the task's result; all are logged. */
const NAMED = 100;

/** Reads a file in a worker thread and stores its units as they come. */
async function takeUnits<K extends UnitsKind>(
  run: SyncRun,
  kind: K,
  file: FetchedFile | undefined,
  save: (units: UnitsByKind[K][]) => Promise<number[]>,
): Promise<number[]> {
  if (!file) return [];
  const { path, name, openSize } = file;
  const unitIds: number[] = [];
  const problems = await run.threads.run<
    ReadUnitsInput,
    ReadUnitsOutput,
    never,
    UnitsByKind[K][]
  >(
    READ_UNITS,
    { kind, file: { path, name, openSize } },
    {
      signal: run.context.signal,
      onBatch: async units => {
        unitIds.push(...(await save(units)));
      },
    },
  );
  for (const message of problems) {
    run.context.logger.warn(`${name}: ${message}`);
  }
  run.problems.push(
    ...problems.slice(0, NAMED).map(message => ({ file: name, message })),
  );
  return unitIds;
}

/** Stores the advisories of updateinfo.xml. */
export async function takeAdvisories(
  run: SyncRun,
  file: FetchedFile | undefined,
): Promise<number[]> {
  if (!file) return [];
  const parsed = run.context.progress(
    'sync.parsing.advisories',
    'Parsed advisories',
  );
  const unitIds = await takeUnits(run, 'updateinfo', file, async advisories => {
    parsed.advance(advisories.length);
    return saveAdvisories(run.knex, advisories);
  });
  parsed.finish();
  return unitIds;
}

/** Stores the groups, categories, environments and langpacks of comps.xml. */
export async function takeComps(
  run: SyncRun,
  file: FetchedFile | undefined,
): Promise<number[]> {
  if (!file) return [];
  const parsed = run.context.progress('sync.parsing.comps', 'Parsed comps');
  const unitIds = await takeUnits(run, 'comps', file, async units => {
    parsed.advance(units.length);
    return saveComps(run.knex, units);
  });
  parsed.finish();
  return unitIds;
}

/** Stores the documents of modules.yaml. */
export async function takeModules(
  run: SyncRun,
  file: FetchedFile | undefined,
): Promise<{
  unitIds: number[];
  /** NEVRAs of their artifacts. */
  artifacts: ReadonlySet<string>;
}> {
  const artifacts = new Set<string>();
  if (!file) return { unitIds: [], artifacts };
  const { progress } = run.context;
  const parsed = {
    modulemd: progress('sync.parsing.modulemds', 'Parsed modulemds'),
    'modulemd-defaults': progress(
      'sync.parsing.modulemd_defaults',
      'Parsed modulemd defaults',
    ),
    'modulemd-obsoletes': progress(
      'sync.parsing.modulemd_obsoletes',
      'Parsed modulemd obsoletes',
    ),
  };
  // Pulp has no such report.
  let kept: Progress | undefined;
  const unitIds = await takeUnits(run, 'modules', file, async documents => {
    for (const document of documents) {
      if (document.kind === 'unknown') {
        kept ??= progress(
          'sync.parsing.modulemd_documents',
          'Kept other documents of modules.yaml',
        );
        kept.advance();
      } else {
        parsed[document.kind].advance();
      }
      if (document.kind === 'modulemd') {
        for (const nevra of modulemdArtifacts(document).nevras) {
          artifacts.add(formatNevra(nevra));
        }
      }
    }
    return saveModulemdDocuments(run.knex, documents);
  });
  for (const each of Object.values(parsed)) each.finish();
  kept?.finish();
  return { unitIds, artifacts };
}

/** Stores the metadata files that are kept as they are, with their bytes. */
export async function takeMetadataFiles(
  run: SyncRun,
  files: readonly FetchedFile[],
): Promise<{ unitIds: number[]; stored: StoredFile[] }> {
  const { knex } = run;
  const unitIds = await saveRepoMetadataFiles(
    knex,
    files.map(({ record }) => ({
      dataType: record.type,
      relativePath: record.location,
      checksumType: record.checksum.type,
      checksum: record.checksum.value,
    })),
  );
  const stored = await storeFiles(run, files);
  await attachArtifacts(
    knex,
    stored.map(({ artifactId }, index) => ({
      unit_id: unitIds[index],
      artifact_id: artifactId,
    })),
  );
  return { unitIds, stored };
}

/** A metadata file that has been stored. */
export interface StoredFile {
  /** As repomd.xml names it. */
  location: string;
  artifactId: number;
}

/** Stores metadata files, which are then gone from the work folder. */
export async function storeFiles(
  { storage }: SyncRun,
  files: readonly FetchedFile[],
): Promise<StoredFile[]> {
  const stored: StoredFile[] = [];
  for (const { path, name, record } of files) {
    const { checksum, size, location } = record;
    const artifact = await storage.adopt(path, { name, checksum, size });
    stored.push({ location, artifactId: artifact.id });
  }
  return stored;
}
