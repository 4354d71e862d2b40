import type { Rows } from '../pool/Rows';
import type { ModuleRequirement } from '../pool/records';
import type { Requirement } from '../requirement/Requirement';
import { ImageEvrs, ImageRelations, type RelationId } from './ImageRelations';
import { ImageTexts } from './ImageTexts';
import {
  MODULE_COLUMNS,
  moduleCount,
  sectionsOf,
  type PoolImage,
} from './PoolImage';
import { readRich } from './RichDependencies';
import type { Sections } from './sections';

/** Position of a package in the columns of an image. */
export type PackageId = number;
/** Position of a module in {@link ImageColumns.modules}. */
export type ModuleId = number;
/** A relation when it is not negative, else the bitwise complement of a rich dependency's number. */
export type RequirementId = number;

/** A module with its artifacts found. */
export interface PoolModule {
  readonly unit: number;
  readonly name: string;
  readonly stream: string;
  readonly version: string;
  readonly context: string;
  readonly arch: string;
  /** `name:stream:version:context:arch`. */
  readonly label: string;
  /** Those artifacts that are there. */
  readonly artifacts: readonly PackageId[];
  readonly requires: readonly ModuleRequirement[];
}

/**
 * The data of an image: one row per package, ascending by unit, all texts replaced by integers. Views
 * of the image's bytes; texts, versions and modules are decoded when they are asked for.
 */
export class ImageColumns {
  readonly strings: ImageTexts;
  readonly evrs: ImageEvrs;
  readonly relations: ImageRelations;
  readonly units: Int32Array;
  readonly names: Int32Array;
  readonly evrIds: Int32Array;
  readonly archIds: Int32Array;
  readonly archs: readonly string[];
  readonly requires: Rows;
  readonly conflicts: Rows;
  readonly obsoletes: Rows;
  readonly recommends: Rows;
  readonly supplements: Rows;
  /** What each package provides, the paths included that some relation names. */
  readonly provides: Rows;
  /** By string id: the packages that provide something of that name … */
  readonly providingPackages: Rows;
  /** … and, at the same positions, the relations they provide. */
  readonly provided: Int32Array;
  /** Ascending. */
  readonly moduleUnits: Int32Array;
  /** By package: the modules whose artifact it is. */
  readonly modulesOfPackage: Rows;
  readonly #sections: Sections;
  readonly #rich: (Requirement | undefined)[] = [];
  #modules?: readonly PoolModule[];

  constructor(image: PoolImage) {
    const sections = sectionsOf(image);
    this.#sections = sections;
    this.strings = new ImageTexts(
      sections.textStarts,
      sections.textHashes,
      sections.textBytes,
    );
    this.evrs = new ImageEvrs(this.strings, sections.evrs);
    this.relations = new ImageRelations(this.evrs, sections.relations);
    this.units = sections.units;
    this.names = sections.names;
    this.evrIds = sections.evrIds;
    this.archIds = sections.archIds;
    this.archs = Array.from(sections.archs, id => this.strings.text(id));
    const rows = (starts: Int32Array, values: Int32Array) => ({
      starts,
      values,
    });
    this.requires = rows(sections.requiresStarts, sections.requires);
    this.conflicts = rows(sections.conflictsStarts, sections.conflicts);
    this.obsoletes = rows(sections.obsoletesStarts, sections.obsoletes);
    this.recommends = rows(sections.recommendsStarts, sections.recommends);
    this.supplements = rows(sections.supplementsStarts, sections.supplements);
    this.provides = rows(sections.providesStarts, sections.provides);
    this.providingPackages = rows(
      sections.providingStarts,
      sections.providingPackages,
    );
    this.provided = sections.provided;
    this.moduleUnits = new Int32Array(moduleCount(sections.modules)).map(
      (_, id) => sections.modules[id * MODULE_COLUMNS],
    );
    this.modulesOfPackage = rows(
      sections.moduleOfPackageStarts,
      sections.modulesOfPackage,
    );
  }

  get modules(): readonly PoolModule[] {
    this.#modules ??= Array.from(this.moduleUnits, (_, id) =>
      this.#toModule(id),
    );
    return this.#modules;
  }

  /** The text of a rich dependency. */
  richText(rich: number): string {
    return this.strings.text(this.#sections.richTexts[rich]);
  }

  /** What a rich dependency means. */
  richRequirement(rich: number): Requirement {
    this.#rich[rich] ??= this.#readRich(rich);
    return this.#rich[rich];
  }

  #readRich(rich: number): Requirement {
    const { richRelationStarts, richRelations } = this.#sections;
    let next = richRelationStarts[rich];
    return readRich(this.richText(rich), (): RelationId => {
      next += 1;
      return richRelations[next - 1];
    });
  }

  #toModule(id: number): PoolModule {
    const { modules, artifactPackageStarts, artifactPackages } = this.#sections;
    const [unit, ...texts] = modules.subarray(
      id * MODULE_COLUMNS,
      (id + 1) * MODULE_COLUMNS,
    );
    const parts = texts.map(text => this.strings.text(text));
    const [name, stream, version, context, arch] = parts;
    return {
      unit,
      name,
      stream,
      version,
      context,
      arch,
      label: parts.join(':'),
      artifacts: [
        ...artifactPackages.subarray(
          artifactPackageStarts[id],
          artifactPackageStarts[id + 1],
        ),
      ],
      requires: this.#moduleRequires(id),
    };
  }

  #moduleRequires(id: number): ModuleRequirement[] {
    const { moduleRequiresStarts, moduleRequires } = this.#sections;
    const requires: ModuleRequirement[] = [];
    const end = moduleRequiresStarts[id + 1];
    for (let i = moduleRequiresStarts[id]; i < end; ) {
      const last = i + 2 + moduleRequires[i + 1];
      requires.push({
        name: this.strings.text(moduleRequires[i]),
        streams: Array.from(moduleRequires.subarray(i + 2, last), stream =>
          this.strings.text(stream),
        ),
      });
      i = last;
    }
    return requires;
  }
}
