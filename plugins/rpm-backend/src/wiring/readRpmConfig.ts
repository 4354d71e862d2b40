import type { RootConfigService } from '@backstage/backend-plugin-api';
import { join, resolve } from 'path';
import type { RemotePolicy } from '../remote';
import type { VersionRules } from '../repository';

const GIBIBYTE = 1024 ** 3;
const MEBIBYTE = 1024 ** 2;

/** The plugin's settings, with defaults filled in. */
export interface RpmConfig {
  /** Absolute. */
  storagePath: string;
  /** As clients see the backend: scheme, host and port. */
  apiOrigin: string;
  /** As clients see published content. */
  contentOrigin: string;
  remotePolicy: RemotePolicy;
  /** Bytes of one file that is sent to the API. */
  maxUploadSize: number;
  taskConcurrency: number;
  /** How long plans are kept. */
  planKeepDays: number;
  /** How long content that no repository holds is spared, where a clean-up does not say. */
  orphanProtectionMinutes: number;
  versionRules: VersionRules;
  /** Undefined: as many as suit the machine. */
  workerThreads: number | undefined;
  solver: {
    /** Where images are kept; absolute. */
    folder: string;
    /** Bytes that images may take in memory … */
    memory: number;
    /** … and in files. */
    disk: number;
  };
}

export function readRpmConfig(config: RootConfigService): RpmConfig {
  const apiOrigin = new URL(config.getString('backend.baseUrl')).origin;
  const contentOrigin = config.getOptionalString('rpm.contentOrigin');
  const storagePath = resolve(
    config.getOptionalString('rpm.storage.path') ?? 'rpm-storage',
  );
  const solverPath = config.getOptionalString('rpm.solver.path');
  return {
    storagePath,
    apiOrigin,
    contentOrigin: contentOrigin ? new URL(contentOrigin).origin : apiOrigin,
    remotePolicy: {
      allowedImportPaths: (
        config.getOptionalStringArray('rpm.allowedImportPaths') ?? []
      ).map(path => resolve(path)),
      allowedHosts: config.getOptionalStringArray('rpm.allowedRemoteHosts'),
    },
    versionRules: {
      resolveUnsafeAdvisoryConflicts:
        config.getOptionalBoolean(
          'rpm.allowAutomaticUnsafeAdvisoryConflictResolution',
        ) ?? false,
    },
    maxUploadSize:
      config.getOptionalNumber('rpm.upload.maxFileSize') ?? 16 * GIBIBYTE,
    orphanProtectionMinutes:
      config.getOptionalNumber('rpm.orphanProtectionTime') ?? 1_440,
    planKeepDays: config.getOptionalNumber('rpm.plans.keepDays') ?? 30,
    taskConcurrency: config.getOptionalNumber('rpm.taskConcurrency') ?? 4,
    workerThreads: config.getOptionalNumber('rpm.workerThreads'),
    solver: {
      folder: solverPath ? resolve(solverPath) : join(storagePath, 'solver'),
      memory: config.getOptionalNumber('rpm.solver.memory') ?? 256 * MEBIBYTE,
      disk: config.getOptionalNumber('rpm.solver.disk') ?? 2 * GIBIBYTE,
    },
  };
}
