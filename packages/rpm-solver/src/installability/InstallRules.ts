import {
  canMeet,
  installsOn,
  isSourceArch,
} from '../architecture/architectures';
import { Compatibility } from '../pool/Compatibility';
import type { ModuleId, PackageId, Pool, RequirementId } from '../pool/Pool';
import { isRequiredStream } from '../requirement/moduleStreams';
import type { PackageSet, Requirement } from '../requirement/Requirement';
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
 * Items are the pool's packages followed by its modules. A package that no module there names needs
 * none. What each item excludes is only said from its own side: both sides are demanded as soon as both
 * are in.
 */
export class InstallRules {
  readonly #pool: Pool;
  readonly #source: InstallSource;
  readonly #compatibility: Compatibility;
  readonly #usable: Uint8Array;

  constructor(pool: Pool, source: InstallSource) {
    this.#pool = pool;
    this.#source = source;
    this.#compatibility = Compatibility.of(pool);
    const { archs, archIds } = pool.columns;
    const installable = archs.map(arch => canInstall(source, arch));
    this.#usable = source.packages.map((there, id) =>
      there === 1 && installable[archIds[id]] ? 1 : 0,
    );
  }

  get itemCount(): number {
    return this.#pool.packageCount + this.#pool.moduleCount;
  }

  /** Whether the item is there and the machine takes it. */
  has(item: number): boolean {
    const { packageCount } = this.#pool;
    return item < packageCount
      ? this.#usable[item] === 1
      : this.#source.modules[item - packageCount] === 1;
  }

  *demandsOf(item: number): Iterable<Formula> {
    const { packageCount } = this.#pool;
    if (item >= packageCount) {
      yield* this.#demandsOfModule(item - packageCount);
      return;
    }
    if (this.#source.sourceRequires || !isSourceArch(this.#pool.arch(item))) {
      const { starts, values } = this.#pool.columns.requires;
      for (let i = starts[item]; i < starts[item + 1]; i++) {
        yield this.requirementOf(item, values[i]);
      }
    }
    yield* this.demandsOfPackage(item);
  }

  /** What meets one requirement of a package. */
  requirementOf(id: PackageId, requirement: RequirementId): Formula {
    return this.#toFormula(id, this.#pool.requirement(requirement), set =>
      this.#anyOf(id, set),
    );
  }

  /** What a package demands besides its requirements. */
  *demandsOfPackage(id: PackageId): Iterable<Formula> {
    const { conflicts } = this.#pool.columns;
    const isSource = isSourceArch(this.#pool.arch(id));
    if (isSource && !this.#source.sourceRequires) return;
    const modules = isSource ? [] : this.#modulesOf(id);
    if (modules.length > 0) yield { kind: 'some', items: modules };
    yield {
      kind: 'none',
      items: this.#compatibility
        .rivalsOf(id)
        .filter(rival => this.#usable[rival] === 1),
    };
    for (let i = conflicts.starts[id]; i < conflicts.starts[id + 1]; i++) {
      const conflict = conflicts.values[i];
      if (conflict < 0) yield not(this.#conflictOf(id, conflict));
    }
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
    return [...values.subarray(starts[id], starts[id + 1])]
      .filter(module => this.#source.modules[module] === 1)
      .map(module => this.#pool.packageCount + module);
  }

  /**
   * As libsolv sees it, a package counts among those that its rich conflicts speak of; what only itself
   * would fulfil is no conflict.
   */
  #conflictOf(owner: PackageId, conflict: RequirementId): Formula {
    const requirement = this.#pool.requirement(conflict);
    const formula = this.#toFormula(owner, requirement, set =>
      requirement.kind === 'any'
        ? this.#anyBut(owner, set)
        : this.#anyOf(owner, set),
    );
    return holdsAnyway(formula) ? NEVER : formula;
  }

  /** A requirement of a package; a condition in it holds by the same packages as a need. */
  #toFormula(
    owner: PackageId,
    requirement: Requirement,
    some: (set: PackageSet) => Formula,
  ): Formula {
    const convert = (part: Requirement) => this.#toFormula(owner, part, some);
    switch (requirement.kind) {
      case 'any':
        return some(requirement.of);
      case 'and':
        return { kind: 'all', parts: requirement.operands.map(convert) };
      case 'or':
        return { kind: 'one', parts: requirement.operands.map(convert) };
      default: {
        const then = convert(requirement.then);
        const condition = convert(requirement.condition);
        const otherwise =
          requirement.otherwise && convert(requirement.otherwise);
        return requirement.kind === 'if'
          ? all(
              one(not(condition), then),
              otherwise ? one(condition, otherwise) : ALWAYS,
            )
          : one(
              all(then, not(condition)),
              otherwise ? all(otherwise, condition) : NEVER,
            );
      }
    }
  }

  /** Who can meet a requirement of `owner`; it meets its own. */
  #anyOf(owner: PackageId, set: PackageSet): Formula {
    const providers = this.#pool.packagesIn(set);
    if (providers.includes(owner)) return ALWAYS;
    return { kind: 'some', items: this.#suitable(owner, providers) };
  }

  /** A package does not conflict with itself. */
  #anyBut(owner: PackageId, set: PackageSet): Formula {
    const providers = this.#pool.packagesIn(set).filter(id => id !== owner);
    return { kind: 'some', items: this.#suitable(owner, providers) };
  }

  #suitable(owner: PackageId, candidates: Int32Array): number[] {
    const suitable: number[] = [];
    for (const id of candidates) {
      if (this.#usable[id] === 1 && this.#compatibility.archsMeet(owner, id)) {
        suitable.push(id);
      }
    }
    return suitable;
  }
}

function canInstall({ architecture }: InstallSource, arch: string): boolean {
  return (
    architecture === undefined ||
    isSourceArch(arch) ||
    installsOn(architecture, arch)
  );
}

function all(...parts: Formula[]): Formula {
  return { kind: 'all', parts };
}

function one(...parts: Formula[]): Formula {
  return { kind: 'one', parts };
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
