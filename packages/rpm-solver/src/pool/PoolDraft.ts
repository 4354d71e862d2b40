import {
  formatNevra,
  parseNevra,
  type RpmRelation,
} from '@rpmportal/rpm-format';
import { isSourceArch } from '../architecture/architectures';
import { type Cancellation, checkCancelled } from '../cancellation';
import { IntList } from './IntList';
import { Pool, type PoolModule, type PoolRepository } from './Pool';
import type { ModuleRecord, PackageRecord } from './records';
import type { RelationId } from './RelationTable';
import { groupByRow, type Rows, RowsBuilder } from './Rows';
import { StringTable } from './StringTable';
import { Vocabulary } from './Vocabulary';

interface RepositoryDraft {
  key: string;
  packages: number[];
  modules: number[];
  defaultStreams: Map<string, string>;
}

const PACKAGES_PER_CHECK = 1024;

/**
 * Takes packages and modules one by one, as they are read, and makes a {@link Pool} of them.
 *
 * @remarks
 * A unit that several repositories hold is described once, by the first record; for the others
 * {@link PoolDraft.addKnown} is enough. Records are not kept, apart from their file lists:
 * which paths matter is known only when all requirements are.
 */
export class PoolDraft {
  readonly #cancellation: Cancellation;
  readonly #vocabulary = new Vocabulary();
  readonly #archs = new StringTable();
  readonly #units: number[] = [];
  readonly #packageIds = new Map<number, number>();
  readonly #packagesByNevra = new Map<string, number[]>();
  readonly #files: (readonly string[])[] = [];
  readonly #names = new IntList();
  readonly #evrIds = new IntList();
  readonly #archIds = new IntList();
  readonly #requires = new RowsBuilder();
  readonly #conflicts = new RowsBuilder();
  readonly #obsoletes = new RowsBuilder();
  readonly #recommends = new RowsBuilder();
  readonly #supplements = new RowsBuilder();
  readonly #provisionNames = new IntList();
  readonly #provisionPackages = new IntList();
  readonly #provisionRelations = new IntList();
  readonly #modules: ModuleRecord[] = [];
  readonly #moduleIds = new Map<number, number>();
  readonly #repositories = new Map<string, RepositoryDraft>();

  constructor(cancellation: Cancellation = {}) {
    this.#cancellation = cancellation;
  }

  /**
   * Announces a repository version, perhaps an empty one.
   *
   * @param defaultStreams - the default stream of each module that has one there
   * @throws Error when the key was announced before.
   */
  addRepository(
    key: string,
    defaultStreams: Readonly<Record<string, string>> = {},
  ): void {
    if (this.#repositories.has(key)) {
      throw new Error(`Repository '${key}' was added before`);
    }
    this.#repositories.set(key, {
      key,
      packages: [],
      modules: [],
      defaultStreams: new Map(Object.entries(defaultStreams)),
    });
  }

  /** Puts a package into a repository. */
  addPackage(repositoryKey: string, record: PackageRecord): void {
    const draft = this.#draft(repositoryKey);
    let id = this.#packageIds.get(record.unit);
    if (id === undefined) {
      id = this.#units.length;
      this.#packageIds.set(record.unit, id);
      this.#describe(id, record);
    }
    draft.packages.push(id);
  }

  /** Puts a module into a repository. Its artifacts may be added later, or never. */
  addModule(repositoryKey: string, record: ModuleRecord): void {
    const draft = this.#draft(repositoryKey);
    let id = this.#moduleIds.get(record.unit);
    if (id === undefined) {
      id = this.#modules.length;
      this.#moduleIds.set(record.unit, id);
      this.#modules.push(record);
    }
    draft.modules.push(id);
  }

  /**
   * Puts a package or module that was described before into one more repository.
   *
   * @throws Error when no such unit was added yet.
   */
  addKnown(repositoryKey: string, unit: number): void {
    const draft = this.#draft(repositoryKey);
    const packageId = this.#packageIds.get(unit);
    const moduleId = this.#moduleIds.get(unit);
    if (packageId !== undefined) {
      draft.packages.push(packageId);
    } else if (moduleId !== undefined) {
      draft.modules.push(moduleId);
    } else {
      throw new Error(`Unit ${unit} was not described before`);
    }
  }

  /** Makes the pool. The builder is used up by it. */
  build(): Pool {
    this.#addWantedFiles();
    const { strings, relations, rich, evrs } = this.#vocabulary;
    const provisionNames = this.#provisionNames.toArray();
    const modules = this.#modules.map(record => this.#toModule(record));
    return new Pool({
      strings,
      relations,
      rich,
      evrs,
      units: this.#units,
      names: this.#names.toArray(),
      evrIds: this.#evrIds.toArray(),
      archIds: this.#archIds.toArray(),
      archs: this.#archs.all(),
      requires: this.#requires.build(),
      conflicts: this.#conflicts.build(),
      obsoletes: this.#obsoletes.build(),
      recommends: this.#recommends.build(),
      supplements: this.#supplements.build(),
      providingPackages: groupByRow(
        provisionNames,
        this.#provisionPackages.toArray(),
        strings.size,
      ),
      provided: groupByRow(
        provisionNames,
        this.#provisionRelations.toArray(),
        strings.size,
      ).values,
      modules,
      modulesOfPackage: this.#modulesOfPackage(modules),
      repositories: [...this.#repositories.values()].map(draft =>
        this.#toRepository(draft),
      ),
    });
  }

  #draft(key: string): RepositoryDraft {
    const draft = this.#repositories.get(key);
    if (!draft) {
      throw new Error(`Repository '${key}' was not added`);
    }
    return draft;
  }

  #describe(id: number, record: PackageRecord): void {
    if (id % PACKAGES_PER_CHECK === 0) {
      checkCancelled(this.#cancellation);
    }
    const { strings } = this.#vocabulary;
    this.#units.push(record.unit);
    const nevra = formatNevra(record);
    const same = this.#packagesByNevra.get(nevra);
    if (same) same.push(id);
    else this.#packagesByNevra.set(nevra, [id]);
    this.#files.push(record.files);
    this.#names.push(strings.intern(record.name));
    this.#evrIds.push(this.#vocabulary.internEvr(record));
    this.#archIds.push(this.#archs.intern(record.arch));
    if (!isSourceArch(record.arch)) {
      this.#addProvisions(id, record);
    }
    this.#addRow(this.#requires, record.requires);
    this.#addRow(this.#conflicts, record.conflicts);
    this.#addRow(this.#obsoletes, record.obsoletes);
    this.#addRow(this.#recommends, record.recommends);
    this.#addRow(this.#supplements, record.supplements);
  }

  /** rpm writes a package's own name and EVR among its provides; hand-made metadata may not. */
  #addProvisions(id: number, record: PackageRecord): void {
    const { name, epoch, version, release } = record;
    const own = this.#vocabulary.internRelation({
      name,
      flags: 'EQ',
      epoch,
      version,
      release,
    });
    this.#addProvision(id, own);
    for (const relation of record.provides) {
      const provided = this.#vocabulary.internRelation(relation);
      if (provided !== own) {
        this.#addProvision(id, provided);
      }
    }
  }

  #addProvision(id: number, relation: RelationId): void {
    this.#provisionNames.push(this.#vocabulary.relations.name(relation));
    this.#provisionPackages.push(id);
    this.#provisionRelations.push(relation);
  }

  #addRow(rows: RowsBuilder, relations: readonly RpmRelation[]): void {
    const seen = new Set<number>();
    for (const relation of relations) {
      // Features of rpm itself, which no repository provides.
      if (!relation.name.startsWith('rpmlib(')) {
        seen.add(this.#vocabulary.internRequirement(relation));
      }
    }
    for (const id of seen) {
      rows.push(id);
    }
    rows.endRow();
  }

  /** Of millions of paths only those matter that some relation names, a few hundred. */
  #addWantedFiles(): void {
    const { strings, relations } = this.#vocabulary;
    this.#files.forEach((paths, id) => {
      if (id % PACKAGES_PER_CHECK === 0) {
        checkCancelled(this.#cancellation);
      }
      for (const path of paths) {
        const name = strings.find(path);
        if (name !== undefined) {
          this.#addProvision(id, relations.intern(name));
        }
      }
    });
    this.#files.length = 0;
  }

  #toModule(record: ModuleRecord): PoolModule {
    const { unit, name, stream, version, context, arch } = record;
    return {
      unit,
      name,
      stream,
      version,
      arch,
      label: [name, stream, version, context, arch].join(':'),
      artifacts: record.artifacts.flatMap(
        artifact => this.#packagesByNevra.get(canonical(artifact)) ?? [],
      ),
      requires: record.requires.filter(({ name: of }) => of !== 'platform'),
    };
  }

  #modulesOfPackage(modules: readonly PoolModule[]): Rows {
    const packages = new IntList();
    const ids = new IntList();
    modules.forEach(({ artifacts }, moduleId) => {
      for (const artifact of artifacts) {
        packages.push(artifact);
        ids.push(moduleId);
      }
    });
    return groupByRow(packages.toArray(), ids.toArray(), this.#units.length);
  }

  #toRepository(draft: RepositoryDraft): PoolRepository {
    const { key, defaultStreams } = draft;
    const packages = new Uint8Array(this.#units.length);
    const modules = new Uint8Array(this.#modules.length);
    for (const id of draft.packages) {
      packages[id] = 1;
    }
    for (const id of draft.modules) {
      modules[id] = 1;
    }
    return { key, packages, modules, defaultStreams };
  }
}

function canonical(artifact: string): string {
  const nevra = parseNevra(artifact);
  return nevra ? formatNevra(nevra) : artifact;
}
