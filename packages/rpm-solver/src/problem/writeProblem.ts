import { formatNevra } from '@rpmportal/rpm-format';
import type { ClosureRequest } from '../closure/request';
import { machinesOf } from '../machines/machinesOf';
import type { PackageId, Pool, PoolModule } from '../pool/Pool';
import type { ModuleRecord, PackageRecord } from '../pool/records';
import type { Rows } from '../pool/Rows';
import { PROBLEM_FORMAT, type ProblemLine } from './ProblemLine';
import { relevantUnits, type RelevantUnits } from './relevantUnits';

/**
 * Writes down what a plan was made from, to make it again elsewhere: see `readProblem`.
 *
 * @remarks
 * Only packages and modules that make a difference are written, and of their files those that are
 * asked for, so the units of the repositories are not complete.
 *
 * @returns one JSON text for each line, without line ends
 */
export function* writeProblem(
  pool: Pool,
  request: ClosureRequest,
): Generator<string, void, undefined> {
  const relevant = isAboutCounts(request)
    ? allUnits(pool)
    : relevantUnits(pool, request);
  for (const line of linesOf(pool, request, relevant)) {
    yield JSON.stringify(line);
  }
}

function* linesOf(
  pool: Pool,
  request: ClosureRequest,
  relevant: RelevantUnits,
): Generator<ProblemLine, void, undefined> {
  const { shouldCancel, ...rest } = request;
  yield {
    kind: 'problem',
    format: PROBLEM_FORMAT,
    request: { ...rest, architectures: architecturesOf(pool, request) },
  };
  const { units, moduleUnits } = pool.columns;
  for (let id = 0; id < units.length; id++) {
    if (relevant.packages[id] === 1) {
      yield { kind: 'package', package: toPackageRecord(pool, id) };
    }
  }
  for (let id = 0; id < moduleUnits.length; id++) {
    if (relevant.modules[id] === 1) {
      const module = pool.columns.modules[id];
      yield { kind: 'module', module: toModuleRecord(pool, module) };
    }
  }
  for (const { key, packages, modules, defaultStreams } of pool.repositories) {
    yield {
      kind: 'repository',
      key,
      units: [
        ...units.filter((_, id) => packages[id] & relevant.packages[id]),
        ...moduleUnits.filter((_, id) => modules[id] & relevant.modules[id]),
      ],
      defaultStreams: Object.fromEntries(defaultStreams),
    };
  }
}

/**
 * Told by all packages of the repositories, and so by those that are left out. Entries may name
 * architectures themselves.
 */
function architecturesOf(
  pool: Pool,
  request: ClosureRequest,
): readonly string[] | undefined {
  return request.entries.some(({ architecture }) => architecture)
    ? request.architectures
    : request.architectures ?? machinesOf(pool, request);
}

/** Where only some entries name an architecture, what most packages are built for counts. */
function isAboutCounts({ entries }: ClosureRequest): boolean {
  const named = entries.filter(({ architecture }) => architecture);
  return named.length > 0 && named.length < entries.length;
}

function allUnits(pool: Pool): RelevantUnits {
  return {
    packages: new Uint8Array(pool.packageCount).fill(1),
    modules: new Uint8Array(pool.moduleCount).fill(1),
  };
}

function toPackageRecord(pool: Pool, id: PackageId): PackageRecord {
  const { columns } = pool;
  const list = ({ starts, values }: Rows) =>
    Array.from(values.subarray(starts[id], starts[id + 1]), requirement => {
      if (requirement < 0) return { name: columns.richText(~requirement) };
      const { relations, strings } = columns;
      return {
        name: strings.text(relations.name(requirement)),
        ...relations.range(requirement),
      };
    });
  return {
    unit: columns.units[id],
    name: pool.name(id),
    ...pool.evr(id),
    arch: pool.arch(id),
    provides: list(columns.provides),
    requires: list(columns.requires),
    conflicts: list(columns.conflicts),
    obsoletes: list(columns.obsoletes),
    recommends: list(columns.recommends),
    supplements: list(columns.supplements),
    files: [],
  };
}

function toModuleRecord(pool: Pool, module: PoolModule): ModuleRecord {
  const { unit, name, stream, version, context, arch, requires } = module;
  return {
    unit,
    name,
    stream,
    version,
    context,
    arch,
    requires,
    artifacts: module.artifacts.map(id =>
      formatNevra({
        name: pool.name(id),
        ...pool.evr(id),
        arch: pool.arch(id),
      }),
    ),
  };
}
