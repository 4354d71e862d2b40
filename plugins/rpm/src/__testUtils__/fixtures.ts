import type { Entity } from '@backstage/catalog-model';
import type {
  CopyPreview,
  CopyResult,
  DiffEntry,
  Distribution,
  ModulemdDefaults,
  PlanUnit,
  Publication,
  Repository,
  RepositoryVersion,
  Task,
  VersionDiff,
} from '@rpmportal/backstage-plugin-rpm-common';

import type { ModuleDetails, PackageDetails } from '../api';

const ROOT = '/api/rpm/pulp/api/v3/';
const CONTENT = 'http://localhost:7007/api/rpm/pulp/content/';

function base(kind: string, id: string, pulpCreated: string) {
  return {
    pulp_href: `${ROOT}${kind}/${id}/`,
    prn: `prn:rpm.thing:${id}`,
    pulp_created: pulpCreated,
    pulp_last_updated: pulpCreated,
  };
}

const CREATED = '2026-03-01T08:00:00.000000Z';

export const webshop: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'webshop', namespace: 'default' },
  spec: { type: 'service', lifecycle: 'production', owner: 'shop' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/shop' }],
};

export const shopTeam: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'shop', namespace: 'default' },
  spec: { type: 'team', children: [] },
  relations: [{ type: 'ownerOf', targetRef: 'component:default/webshop' }],
};

/** A repository of the webshop; its latest version is number 3. */
export function makeRepository(fields: Partial<Repository> = {}): Repository {
  const name = fields.name ?? 'webshop-production';
  const identity = base('repositories/rpm/rpm', `uuid-${name}`, CREATED);
  return {
    ...identity,
    versions_href: `${identity.pulp_href}versions/`,
    latest_version_href: `${identity.pulp_href}versions/3/`,
    name,
    description: 'What customers install',
    pulp_labels: { stage: 'production' },
    remote: null,
    autopublish: false,
    retain_repo_versions: null,
    retain_checkpoints: null,
    retain_package_versions: 0,
    modular_removal: 'warn',
    checksum_type: null,
    compression_type: null,
    layout: null,
    repo_config: {},
    metadata_signing_service: null,
    package_signing_service: null,
    package_signing_fingerprint: null,
    osv_config: null,
    owner: null,
    entity: 'component:default/webshop',
    metadata_checksum_type: null,
    package_checksum_type: null,
    gpgcheck: null,
    repo_gpgcheck: null,
    sqlite_metadata: false,
    ...fields,
  };
}

/** A version with a package for each number up to its own. */
export function makeVersion(
  repository: Repository,
  number: number,
  fields: Partial<RepositoryVersion> = {},
): RepositoryVersion {
  const count = (packages: number) => ({
    'rpm.package': { count: packages, href: `${ROOT}content/rpm/packages/` },
  });
  return {
    ...base('versions', String(number), CREATED),
    pulp_href: `${repository.versions_href}${number}/`,
    pulp_created: `2026-03-${String(number + 1).padStart(
      2,
      '0',
    )}T08:00:00.000000Z`,
    number,
    repository: repository.pulp_href,
    base_version: null,
    content_summary: {
      added: number ? count(1) : {},
      removed: {},
      present: number ? count(number) : {},
    },
    vuln_report: null,
    created_by: 'user:default/owner',
    reason: number ? `Release ${number}` : null,
    inputs: { operation: number ? 'modify' : 'create' },
    ...fields,
  };
}

/** A checkpoint of a version. */
export function makeCheckpoint(
  version: RepositoryVersion,
  stamp: string,
): Publication {
  return {
    ...base('publications/rpm/rpm', `uuid-${stamp}`, version.pulp_created),
    repository_version: version.pulp_href,
    repository: version.repository,
    checkpoint: true,
    checkpoint_timestamp: stamp,
    checksum_type: 'sha256',
    metadata_checksum_type: null,
    package_checksum_type: null,
    gpgcheck: null,
    repo_gpgcheck: null,
    sqlite_metadata: false,
    repo_config: {},
    compression_type: 'gz',
    layout: 'nested_alphabetically',
  };
}

/** A distribution of a repository; its path is its name. */
export function makeDistribution(
  repository: Repository,
  name: string,
  fields: Partial<Distribution> = {},
): Distribution {
  return {
    ...base('distributions/rpm/rpm', `uuid-${name}`, CREATED),
    name,
    base_path: name,
    base_url: `${CONTENT}${name}/`,
    content_guard: null,
    content_guard_prn: null,
    no_content_change_since: null,
    hidden: false,
    pulp_labels: {},
    repository: repository.pulp_href,
    repository_version: null,
    publication: null,
    generate_repo_config: false,
    checkpoint: false,
    ...fields,
  };
}

/** A task that is running, with nothing to report yet. */
export function makeTask(fields: Partial<Task> = {}): Task {
  return {
    ...base('tasks', 'uuid-task', CREATED),
    state: 'running',
    name: 'rpm.rollback',
    logging_cid: 'cid',
    created_by: 'user:default/owner',
    unblocked_at: null,
    started_at: null,
    finished_at: null,
    error: null,
    worker: null,
    parent_task: null,
    child_tasks: [],
    task_group: null,
    progress_reports: [],
    created_resources: [],
    created_resource_prns: [],
    reserved_resources_record: [],
    result: null,
    pulp_api_version: 'v3',
    ...fields,
  };
}

/** A package that goes from one version to another. */
export function makePackageChange(
  name: string,
  from: string | undefined,
  to: string | undefined,
  change: DiffEntry['change'],
): DiffEntry {
  const side = (version: string | undefined) =>
    version === undefined
      ? null
      : {
          pulp_href: `${ROOT}content/rpm/packages/${name}-${version}/`,
          label: `${name}-${version}.noarch`,
          version,
          title: null,
        };
  return {
    kind: 'package',
    change,
    name,
    arch: 'noarch',
    from: side(from),
    to: side(to),
  };
}

/** One page of a difference that has only these entries. */
export function makeDiff(entries: DiffEntry[]): VersionDiff {
  const counts: VersionDiff['counts'] = {};
  for (const { kind, change } of entries) {
    counts[kind] ??= { up: 0, down: 0, changed: 0, added: 0, removed: 0 };
    counts[kind][change] += 1;
  }
  return {
    from_version: '',
    to_version: '',
    counts,
    count: entries.length,
    next: null,
    previous: null,
    results: entries,
  };
}

/** A package; its version and release are given together, `1.0-1`. */
export function makePackage(
  name: string,
  edition: string,
  fields: Partial<PackageDetails> = {},
): PackageDetails {
  const [version, release] = edition.split('-');
  return {
    pulp_href: `${ROOT}content/rpm/packages/${name}-${edition}/`,
    name,
    epoch: '0',
    version,
    release,
    arch: 'noarch',
    summary: `The ${name}`,
    description: `What a ${name} does, at length.`,
    url: `https://${name}.example/`,
    rpm_license: 'Apache-2.0',
    rpm_sourcerpm: `${name}-${edition}.src.rpm`,
    size_package: 12_345,
    size_installed: 67_890,
    time_build: 1_772_352_000,
    location_href: `Packages/${name[0]}/${name}-${edition}.noarch.rpm`,
    ...fields,
  };
}

/**
 * A module.
 *
 * @param packages - those of its artifacts that are there
 */
export function makeModule(
  name: string,
  stream: string,
  packages: PackageDetails[] = [],
  fields: Partial<ModuleDetails> = {},
): ModuleDetails {
  const missing = fields.missing_artifacts ?? [];
  return {
    pulp_href: `${ROOT}content/rpm/modulemds/${name}-${stream}/`,
    name,
    stream,
    version: '20260301080000',
    context: 'c0ffee42',
    arch: 'noarch',
    description: `Runs ${name}.`,
    artifacts: [
      ...packages.map(
        unit =>
          `${unit.name}-${unit.epoch}:${unit.version}-${unit.release}.${unit.arch}`,
      ),
      ...missing,
    ],
    missing_artifacts: missing,
    dependencies: [],
    profiles: {},
    pulp_artifacts_map: packages.map(unit => ({
      filename: `${unit.name}-${unit.version}-${unit.release}.${unit.arch}.rpm`,
      unit_id: unit.pulp_href.split('/').slice(-2)[0],
      pulp_href: unit.pulp_href,
    })),
    ...fields,
  };
}

/** Which stream of a module clients get that choose none. */
export function makeModuleDefaults(
  module: string,
  stream: string,
): ModulemdDefaults {
  return {
    ...base('content/rpm/modulemd_defaults', module, CREATED),
    pulp_labels: {},
    vuln_report: null,
    module,
    stream,
    profiles: {},
  };
}

/** A unit that a plan brings because it is needed. */
export function makePlanUnit(
  label: string,
  fields: Partial<PlanUnit> = {},
): PlanUnit {
  return {
    pulp_href: `${ROOT}content/rpm/packages/${label}/`,
    label,
    repository: makeRepository().pulp_href,
    change: 'added',
    cause: 'dependency',
    reason: null,
    chain: `requested shop-1-1.noarch → requires ${label} → ${label}`,
    because_of: null,
    ...fields,
  };
}

/** What a copy comes to that does this with units, and leaves these requirements unmet. */
export function makeCopyPreview(
  units: PlanUnit[],
  missing: CopyPreview['missing'] = [],
): CopyPreview {
  const { pulp_href: repository, latest_version_href: version } =
    makeRepository();
  const count = (change: PlanUnit['change']) =>
    units.filter(unit => unit.change === change).length;
  const caused = (cause: PlanUnit['cause']) =>
    units.filter(unit => unit.cause === cause).length;
  const outcome = count('added') + count('removed') ? 'created' : 'unchanged';
  return {
    dry_run: true,
    outcome,
    plan: `${ROOT}rpm/plans/uuid-plan/`,
    destinations: [
      {
        dry_run: true,
        repository,
        outcome,
        version,
        counts: { added: {}, removed: {}, present: {} },
        added: [],
        added_count: count('added'),
        removed: [],
        removed_count: count('removed'),
        rejected: [],
        rejected_count: count('rejected'),
        kept: [],
        kept_count: count('kept'),
        advisory_decisions: [],
        advisory_decision_count: 0,
        path_overlaps: [],
        path_overlap_count: 0,
        warnings: [],
        warning_count: 0,
      },
    ],
    counts: {
      requested: caused('requested'),
      children: caused('child'),
      dependencies: caused('dependency'),
      missing: missing.length,
      allowed: missing.filter(({ allowed }) => allowed).length,
      ignored: 0,
      absent: 0,
      warnings: 0,
      incomplete: 0,
      conflicts: 0,
    },
    missing,
    ignored: [],
    absent: [],
    warnings: [],
    incomplete: [],
    conflicts: [],
    units: [],
  };
}

/** What is told of a copy that made this version, or none. */
export function makeCopyResult(version?: RepositoryVersion): CopyResult {
  const { dry_run: _, destinations, ...report } = makeCopyPreview([]);
  const [{ repository, counts, version: latest }] = destinations;
  const outcome = version ? 'created' : 'unchanged';
  return {
    ...report,
    outcome,
    destinations: [
      {
        repository,
        outcome,
        version: version?.pulp_href ?? latest,
        number: version?.number ?? 3,
        counts,
        consequences: [],
        consequence_count: 0,
        advisory_decisions: [],
        advisory_decision_count: 0,
        path_overlaps: [],
        path_overlap_count: 0,
        warnings: [],
        warning_count: 0,
        deleted_versions: [],
        deleted_version_count: 0,
      },
    ],
  };
}
