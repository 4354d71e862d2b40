import type { Evr, RpmRelation } from '@rpmportal/rpm-format';
import { IntList } from '../pool/IntList';
import { RowsBuilder } from '../pool/Rows';
import { flagNumber } from './ImageRelations';
import { RichDependencies } from './RichDependencies';
import { TextTable } from './TextTable';
import { TripleTable } from './TripleTable';

/** The lists of relations that a package has, besides what it provides. */
export const RELATION_ROWS = [
  'requires',
  'conflicts',
  'obsoletes',
  'recommends',
  'supplements',
] as const;

export type RelationRows = (typeof RELATION_ROWS)[number];

/** A module whose texts are numbers. */
export interface ModuleDraft {
  /** As they stand in the image; see `MODULE_COLUMNS`. */
  columns: readonly number[];
  /** Triples of name, EVR and architecture. */
  artifacts: readonly number[];
  /** For each required module its name, how many streams are named, and these. */
  requires: readonly number[];
}

/** Packages that came together, and the paths that are among their provisions if they own them. */
export interface DraftRange {
  /** The first package; the range ends where the next one begins. */
  start: number;
  knownPaths: ReadonlySet<number>;
}

/** What an image is made of, as it grows; packages stand in the order in which they were added. */
export class ImageDraft {
  readonly texts = new TextTable();
  /** Texts of epoch, version and release. */
  readonly evrs = new TripleTable();
  /** Text of the name, number of the flags, EVR. */
  readonly relations = new TripleTable();
  readonly rich = new RichDependencies(this);

  readonly units = new IntList();
  readonly names = new IntList();
  readonly evrIds = new IntList();
  /** Texts. */
  readonly archs = new IntList();
  readonly rows: Readonly<Record<RelationRows, RowsBuilder>> = {
    requires: new RowsBuilder(),
    conflicts: new RowsBuilder(),
    obsoletes: new RowsBuilder(),
    recommends: new RowsBuilder(),
    supplements: new RowsBuilder(),
  };
  readonly provides = new RowsBuilder();
  /** Two values by file. */
  readonly fileHashes = new RowsBuilder();
  readonly ranges: DraftRange[] = [];

  readonly modules: ModuleDraft[] = [];

  #lastEvr: Evr = { epoch: '', version: '', release: '' };
  #lastEvrId = -1;

  /** Most of what a package provides has its own version: the last one is known. */
  internEvr({ epoch, version, release }: Evr): number {
    const last = this.#lastEvr;
    if (
      this.#lastEvrId < 0 ||
      last.version !== version ||
      last.release !== release ||
      last.epoch !== epoch
    ) {
      this.#lastEvr = { epoch, version, release };
      this.#lastEvrId = this.evrs.intern(
        this.texts.intern(epoch),
        this.texts.intern(version),
        this.texts.intern(release),
      );
    }
    return this.#lastEvrId;
  }

  internRelation(relation: RpmRelation): number {
    const { flags, epoch = '', version, release = '' } = relation;
    const name = this.texts.intern(relation.name);
    return flags === undefined || !version
      ? this.unversioned(name)
      : this.relations.intern(
          name,
          flagNumber(flags),
          this.internEvr({ epoch, version, release }),
        );
  }

  unversioned(name: number): number {
    return this.relations.intern(name, 0, 0);
  }
}
