import {
  canMeet,
  installsOn,
  isSourceArch,
} from '../architecture/architectures';
import type { ModuleId, PackageId, Pool, RequirementId } from '../pool/Pool';
import { isRequiredStream } from '../requirement/moduleStreams';
import { Demands, toFormula } from './Demands';
import { ALWAYS, type Formula, NEVER, not } from './Formula';

/** What there is to install from, and for which machine. */
export interface InstallSource {
  /** 1 for each package that may be used. */
  packages: Uint8Array;
  /** 1 for each module that may be used. */
  modules: Uint8Array;
  /** Packages that this machine architecture cannot install do not count. */
  architecture?: string;
  /** Source packages need what they require for building, without what they conflict with; else nothing. */
  sourceRequires?: boolean;
}

/**
 * What installing a package or enabling a module from some repositories demands: everything that it
 * requires, nothing that it conflicts with or obsoletes, one build of each name and architecture, for
 * an artifact one of its modules, and one stream of each module.
 *
 * @remarks
 * Items are the pool's packages followed by its modules; formulas may speak of items that are not
 * there. A package that no module there names needs none. What each item excludes is only said from its own side: both sides are demanded as soon as both
 * are in.
 */
export class InstallRules {
  readonly #pool: Pool;
  readonly #source: InstallSource;
  readonly #demands: Demands;
  readonly #usable: Uint8Array;
  readonly #known: (readonly Formula[] | undefined)[] = [];

  constructor(pool: Pool, source: InstallSource) {
    this.#pool = pool;
    this.#source = source;
    this.#demands = Demands.of(pool);
    const { archs, archIds } = pool.columns;
    const installable = archs.map(arch => canInstall(source, arch));
    this.#usable = new Uint8Array(this.itemCount);
    for (let id = 0; id < pool.packageCount; id++) {
      if (source.packages[id] === 1 && installable[archIds[id]]) {
        this.#usable[id] = 1;
      }
    }
    this.#usable.set(source.modules, pool.packageCount);
  }

  get itemCount(): number {
    return this.#pool.packageCount + this.#pool.moduleCount;
  }

  /** Whether the item is there and the machine takes it. */
  has(item: number): boolean {
    return this.#usable[item] === 1;
  }

  /** Whether whatever others let be installed can be by these: nothing but packages has come. */
  covers(others: InstallRules): boolean {
    const { packageCount } = this.#pool;
    return this.#usable.every((usable, item) => {
      const was = others.#usable[item];
      // A module that comes is demanded by its artifacts, which could do without before.
      return usable === was || (usable > was && item < packageCount);
    });
  }

  /** What has to hold as soon as the item is in; what it excludes comes first. */
  demandsOf(item: number): readonly Formula[] {
    this.#known[item] ??=
      item < this.#pool.packageCount
        ? [...this.demandsOfPackage(item), ...this.#needsOf(item)]
        : [...this.#demandsOfModule(item - this.#pool.packageCount)];
    return this.#known[item];
  }

  /** What meets one requirement of a package. */
  requirementOf(id: PackageId, requirement: RequirementId): Formula {
    return this.#demands.requirementOf(id, requirement);
  }

  /** What a package demands besides its requirements. */
  *demandsOfPackage(id: PackageId): Iterable<Formula> {
    const { conflicts } = this.#pool.columns;
    const isSource = isSourceArch(this.#pool.arch(id));
    if (isSource && !this.#source.sourceRequires) return;
    yield this.#demands.rivalsOf(id);
    const modules = isSource ? [] : this.#modulesOf(id);
    if (modules.length > 0) yield { kind: 'some', items: modules };
    for (let i = conflicts.starts[id]; i < conflicts.starts[id + 1]; i++) {
      const conflict = conflicts.values[i];
      if (conflict < 0) yield not(this.#conflictOf(id, conflict));
    }
  }

  #needsOf(id: PackageId): readonly Formula[] {
    return this.#source.sourceRequires || !isSourceArch(this.#pool.arch(id))
      ? this.#demands.needsOf(id)
      : [];
  }

  *#demandsOfModule(id: ModuleId): Iterable<Formula> {
    const { packageCount } = this.#pool;
    const { modules } = this.#pool.columns;
    const { name, stream, arch, requires } = modules[id];
    const available = modules.flatMap((module, other) =>
      this.#source.modules[other] === 1 ? [{ ...module, other }] : [],
    );
    yield {
      kind: 'none',
      items: available
        .filter(module => module.name === name && module.stream !== stream)
        .map(({ other }) => packageCount + other),
    };
    for (const required of requires) {
      yield {
        kind: 'some',
        items: available
          .filter(
            module =>
              isRequiredStream(module, required) && canMeet(arch, module.arch),
          )
          .map(({ other }) => packageCount + other),
      };
    }
  }

  #modulesOf(id: PackageId): number[] {
    const { starts, values } = this.#pool.columns.modulesOfPackage;
    const modules: number[] = [];
    for (let i = starts[id]; i < starts[id + 1]; i++) {
      const item = this.#pool.packageCount + values[i];
      if (this.#usable[item] === 1) modules.push(item);
    }
    return modules;
  }

  /**
   * As libsolv sees it, a package counts among those that its rich conflicts speak of; what only itself
   * would fulfil is no conflict. Which packages are there decides that, so the formula speaks of no
   * others.
   */
  #conflictOf(owner: PackageId, conflict: RequirementId): Formula {
    const requirement = this.#pool.requirement(conflict);
    const isPlain = requirement.kind === 'any';
    const formula = toFormula(requirement, set => {
      const providers = this.#pool.packagesIn(set);
      if (!isPlain && providers.includes(owner)) return ALWAYS;
      const there = providers.filter(
        id => this.#usable[id] === 1 && id !== owner,
      );
      return { kind: 'some', items: this.#demands.suitable(owner, there) };
    });
    return holdsAnyway(formula) ? NEVER : formula;
  }
}

function canInstall({ architecture }: InstallSource, arch: string): boolean {
  return (
    architecture === undefined ||
    isSourceArch(arch) ||
    installsOn(architecture, arch)
  );
}

function holdsAnyway(formula: Formula): boolean {
  switch (formula.kind) {
    case 'all':
      return formula.parts.every(holdsAnyway);
    case 'one':
      return formula.parts.some(holdsAnyway);
    case 'none':
      return formula.items.length === 0;
    default:
      return false;
  }
}
