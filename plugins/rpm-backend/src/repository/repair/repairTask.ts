import type { Knex } from 'knex';
import {
  iterateStoredFiles,
  readUnitLabels,
  readVersionById,
  type StoredUnitFile,
} from '../../database/operations/versions';
import type { OpenRemote } from '../../download';
import { hrefOf, prnOf } from '../../identifiers';
import type { ArtifactStorage } from '../../storage';
import { TaskError, type TaskHandler } from '../../tasks';
import type { TaskContext, TaskSpec } from '../../tasks/types';
import type { WorkerPool } from '../../workers/types';
import type { VersionRecord } from '../versionTypes';
import { FileRepairer } from './FileRepairer';
import {
  VERIFY_FILES,
  type FileCondition,
  type VerifyInput,
} from './verifyFiles';

/** Pulp's name of the task. */
export const REPAIR_TASK = 'pulpcore.app.tasks.repository.repair_version';

/** Files that the result names; all are counted. */
const NAMED = 100;

interface RepairTaskInput {
  versionId: number;
  verifyChecksums: boolean;
}

interface DamagedFile extends StoredUnitFile {
  condition: Exclude<FileCondition, 'sound'>;
}

/** The task that repairs a version's files; the version cannot be deleted meanwhile. */
export function repairTask(
  version: VersionRecord,
  verifyChecksums: boolean,
): Pick<TaskSpec, 'name' | 'input' | 'reservations'> {
  const input: RepairTaskInput = { versionId: version.id, verifyChecksums };
  return {
    name: REPAIR_TASK,
    input,
    reservations: { shared: [prnOf('repository', version.repositoryUuid)] },
  };
}

/** What a repair works with. */
export interface RepairOptions {
  knex: Knex;
  storage: ArtifactStorage;
  threads: WorkerPool;
  openRemote: OpenRemote;
}

export function repairHandler(options: RepairOptions): TaskHandler {
  const { knex } = options;
  return async (context, { versionId, verifyChecksums }: RepairTaskInput) => {
    const version = await readVersionById(knex, versionId);
    if (!version) {
      throw new TaskError('PLP0005', 'The version does not exist any more.');
    }
    const repairer = new FileRepairer({ ...options, context });
    try {
      const damaged = findDamaged(options, context, version, verifyChecksums);
      const { lost, ...counts } = await repairAll(context, repairer, damaged);
      return {
        result: {
          ...counts,
          unrepaired: await nameFiles(knex, lost.slice(0, NAMED)),
          unrepaired_count: lost.length,
        },
      };
    } finally {
      await repairer[Symbol.asyncDispose]();
    }
  };
}

async function repairAll(
  context: TaskContext,
  repairer: FileRepairer,
  damaged: AsyncIterable<DamagedFile>,
) {
  const report = {
    missing: context.progress('repair.missing', 'Identify missing units'),
    corrupted: context.progress('repair.corrupted', 'Identify corrupted units'),
    repaired: context.progress('repair.repaired', 'Repair corrupted units'),
  };
  const counts = { missing: 0, corrupted: 0, repaired: 0 };
  const lost: DamagedFile[] = [];
  for await (const file of damaged) {
    counts[file.condition] += 1;
    report[file.condition].advance();
    if (await repairer.repair(file)) {
      counts.repaired += 1;
      report.repaired.advance();
    } else {
      lost.push(file);
    }
  }
  for (const progress of Object.values(report)) progress.finish();
  return { ...counts, lost };
}

/** Looks at each stored file of a version once, however many units have it. */
async function* findDamaged(
  { knex, threads, storage }: RepairOptions,
  { signal }: TaskContext,
  version: VersionRecord,
  verifyChecksums: boolean,
): AsyncGenerator<DamagedFile, void, undefined> {
  const seen = new Set<string>();
  for await (const batch of iterateStoredFiles(knex, version)) {
    const files = batch.filter(({ sha256 }) => {
      const isNew = !seen.has(sha256);
      seen.add(sha256);
      return isNew;
    });
    const conditions = await threads.run<VerifyInput, FileCondition[]>(
      VERIFY_FILES,
      {
        files: files.map(({ sha256, size }) => ({
          path: storage.pathOf({ sha256 }),
          size,
          sha256,
        })),
        verifyChecksums,
      },
      { signal },
    );
    for (const [index, condition] of conditions.entries()) {
      if (condition !== 'sound') yield { ...files[index], condition };
    }
  }
}

/** Names files by the units that have them. */
async function nameFiles(knex: Knex, files: readonly DamagedFile[]) {
  const labels = await readUnitLabels(
    knex,
    files.map(({ unitId }) => unitId),
  );
  const byId = new Map(labels.map(label => [label.id, label]));
  return files.map(({ unitId, treePath, condition }) => {
    const unit = byId.get(unitId)!;
    return {
      pulp_href: hrefOf(unit.type, unit.uuid),
      label: unit.label,
      path: treePath ?? null,
      condition,
    };
  });
}
