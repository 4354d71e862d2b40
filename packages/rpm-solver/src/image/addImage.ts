import { type Cancellation, checkCancelled } from '../cancellation';
import type { RowsBuilder } from '../pool/Rows';
import { ImageTexts } from './ImageTexts';
import { type ImageDraft, RELATION_ROWS } from './ImageDraft';
import {
  MODULE_COLUMNS,
  moduleCount,
  sectionsOf,
  type PoolImage,
} from './PoolImage';
import type { Sections } from './sections';

const PACKAGES_PER_CHECK = 1024;
const NOT_TAKEN = -1;

/**
 * Takes units over from an image, and of its texts and relations those that they use. No text is
 * decoded, so this takes a fraction of the time in which records are read.
 *
 * @param takes - asked once for each unit
 */
export function addImage(
  draft: ImageDraft,
  image: PoolImage,
  takes: (unit: number) => boolean,
  cancellation: Cancellation,
): void {
  const transfer = new ImageTransfer(draft, sectionsOf(image));
  transfer.takePackages(takes, cancellation);
  transfer.takeModules(takes);
}

/** One image on its way into a draft: what has which number there. */
class ImageTransfer {
  readonly #draft: ImageDraft;
  readonly #from: Sections;
  readonly #fromTexts: ImageTexts;
  readonly #texts: Int32Array;
  readonly #evrs: Int32Array;
  readonly #relations: Int32Array;
  readonly #rich: Int32Array;

  constructor(draft: ImageDraft, from: Sections) {
    this.#draft = draft;
    this.#from = from;
    this.#fromTexts = new ImageTexts(
      from.textStarts,
      from.textHashes,
      from.textBytes,
    );
    const numbers = (count: number) => new Int32Array(count).fill(NOT_TAKEN);
    this.#texts = numbers(this.#fromTexts.size);
    this.#evrs = numbers(from.evrs.length / 3);
    this.#relations = numbers(from.relations.length / 3);
    this.#rich = numbers(from.richTexts.length);
  }

  takePackages(
    takes: (unit: number) => boolean,
    cancellation: Cancellation,
  ): void {
    const draft = this.#draft;
    const { units, names, evrIds, archIds, archs } = this.#from;
    const start = draft.units.length;
    const taken = units.map((_, id) => id).filter(id => takes(units[id]));
    this.#reserve(taken.length / units.length || 0);
    for (let i = 0; i < taken.length; i++) {
      if (i % PACKAGES_PER_CHECK === 0) checkCancelled(cancellation);
      const id = taken[i];
      draft.units.push(units[id]);
      draft.names.push(this.#text(names[id]));
      draft.evrIds.push(this.#evr(evrIds[id]));
      draft.archs.push(this.#text(archs[archIds[id]]));
      this.#takeRelations(id);
      this.#takeFiles(id);
    }
    if (draft.units.length > start) {
      draft.ranges.push({ start, knownPaths: this.#knownPaths() });
    }
  }

  takeModules(takes: (unit: number) => boolean): void {
    const from = this.#from;
    for (let id = 0; id < moduleCount(from.modules); id++) {
      const columns = from.modules.subarray(
        id * MODULE_COLUMNS,
        (id + 1) * MODULE_COLUMNS,
      );
      if (!takes(columns[0])) continue;
      this.#draft.modules.push({
        columns: [...columns].map((of, i) => (i === 0 ? of : this.#text(of))),
        artifacts: this.#artifacts(id),
        requires: this.#moduleRequires(id),
      });
    }
  }

  /** @param share - about how much of the image is going to be taken */
  #reserve(share: number): void {
    const from = this.#from;
    const { texts, evrs, relations, rows, provides, fileHashes } = this.#draft;
    const part = (count: number) => Math.ceil(count * share);
    const packages = part(from.units.length);
    texts.reserve(part(this.#fromTexts.size), part(from.textBytes.length));
    evrs.reserve(part(from.evrs.length / 3));
    relations.reserve(part(from.relations.length / 3));
    for (const kind of RELATION_ROWS) {
      rows[kind].reserve(packages, part(from[kind].length));
    }
    provides.reserve(packages, part(from.provides.length));
    fileHashes.reserve(packages, part(from.fileHashes.length));
  }

  #takeRelations(id: number): void {
    const from = this.#from;
    const { rows, provides } = this.#draft;
    for (const kind of RELATION_ROWS) {
      this.#takeRow(rows[kind], from[`${kind}Starts`], from[kind], id);
    }
    this.#takeRow(provides, from.providesStarts, from.provides, id);
  }

  #takeRow(
    rows: RowsBuilder,
    starts: Int32Array,
    values: Int32Array,
    id: number,
  ): void {
    for (let i = starts[id]; i < starts[id + 1]; i++) {
      rows.push(this.#requirement(values[i]));
    }
    rows.endRow();
  }

  #takeFiles(id: number): void {
    const { fileStarts, fileHashes } = this.#from;
    const files = this.#draft.fileHashes;
    files.pushAll(fileHashes.subarray(fileStarts[id], fileStarts[id + 1]));
    files.endRow();
  }

  #artifacts(id: number): number[] {
    const { artifactStarts, artifacts } = this.#from;
    const triples: number[] = [];
    for (let i = artifactStarts[id]; i < artifactStarts[id + 1]; i += 3) {
      triples.push(
        this.#text(artifacts[i]),
        this.#evr(artifacts[i + 1]),
        this.#text(artifacts[i + 2]),
      );
    }
    return triples;
  }

  #moduleRequires(id: number): number[] {
    const { moduleRequiresStarts, moduleRequires } = this.#from;
    const taken: number[] = [];
    const end = moduleRequiresStarts[id + 1];
    for (let i = moduleRequiresStarts[id]; i < end; ) {
      const count = moduleRequires[i + 1];
      const streams = moduleRequires.subarray(i + 2, i + 2 + count);
      taken.push(this.#text(moduleRequires[i]), count);
      for (const stream of streams) taken.push(this.#text(stream));
      i += 2 + count;
    }
    return taken;
  }

  /** What the image has looked for among the files of its packages, as far as it still matters. */
  #knownPaths(): Set<number> {
    const { relations } = this.#from;
    const known = new Set<number>();
    for (let i = 0; i < relations.length; i += 3) {
      const name = relations[i];
      if (this.#fromTexts.isPath(name) && this.#texts[name] !== NOT_TAKEN) {
        known.add(this.#texts[name]);
      }
    }
    return known;
  }

  #requirement(id: number): number {
    return id < 0 ? ~this.#richDependency(~id) : this.#relation(id);
  }

  #text(id: number): number {
    let taken = this.#texts[id];
    if (taken === NOT_TAKEN) {
      taken = this.#draft.texts.internFrom(this.#fromTexts, id);
      this.#texts[id] = taken;
    }
    return taken;
  }

  #evr(id: number): number {
    let taken = this.#evrs[id];
    if (taken === NOT_TAKEN) {
      const { evrs } = this.#from;
      taken = this.#draft.evrs.intern(
        this.#text(evrs[3 * id]),
        this.#text(evrs[3 * id + 1]),
        this.#text(evrs[3 * id + 2]),
      );
      this.#evrs[id] = taken;
    }
    return taken;
  }

  #relation(id: number): number {
    let taken = this.#relations[id];
    if (taken === NOT_TAKEN) {
      const { relations } = this.#from;
      const name = this.#text(relations[3 * id]);
      const flags = relations[3 * id + 1];
      taken =
        flags === 0
          ? this.#draft.unversioned(name)
          : this.#draft.relations.intern(
              name,
              flags,
              this.#evr(relations[3 * id + 2]),
            );
      this.#relations[id] = taken;
    }
    return taken;
  }

  #richDependency(id: number): number {
    let taken = this.#rich[id];
    if (taken === NOT_TAKEN) {
      const { richTexts, richRelationStarts, richRelations } = this.#from;
      taken = this.#draft.rich.internFrom(
        this.#text(richTexts[id]),
        Array.from(
          richRelations.subarray(
            richRelationStarts[id],
            richRelationStarts[id + 1],
          ),
          relation => this.#relation(relation),
        ),
      );
      this.#rich[id] = taken;
    }
    return taken;
  }
}
