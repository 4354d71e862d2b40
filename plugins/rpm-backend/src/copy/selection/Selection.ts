import type { HeldUnit } from '../../database/operations/copy';
import type { ContentType } from '../../identifiers';

/** How a unit belongs to the one that brings it. */
export type ChildRelation =
  /** An advisory names it. */
  | 'listed'
  /** It is a group of a category or an environment, or a package of a group. */
  | 'member'
  /** A module names it. */
  | 'artifact'
  /** It says something about a module. */
  | 'companion'
  /** It is the module of a package, which is usable with it only. */
  | 'module';

/** A unit that nobody named and that comes along because of another one. */
export interface ChildUnit extends HeldUnit {
  parentId: number;
  relation: ChildRelation;
}

/** What an advisory names and the source does not hold. */
export interface AbsentChild {
  parentId: number;
  type: 'rpm.package' | 'rpm.modulemd';
  /** NEVRA with epoch, or `name:stream:version:context:arch`. */
  key: string;
}

/** What is copied from one source, before dependencies are looked at. */
export interface Selection {
  /** Asked for. */
  requested: HeldUnit[];
  /** In the order in which they were found: parents before their children. */
  children: ChildUnit[];
  /** Asked for, and not in the source. */
  ignored: number[];
  absent: AbsentChild[];
}

/** Adds children that are not in a selection yet. */
export function withChildren(
  selection: Selection,
  children: readonly ChildUnit[],
): Selection {
  const draft = new SelectionDraft(selection.requested);
  for (const child of [...selection.children, ...children]) draft.add(child);
  return { ...selection, children: draft.finish([]).children };
}

/** A selection that grows: each unit is in it once, under what brought it first. */
export class SelectionDraft {
  readonly #requested: HeldUnit[];
  readonly #children: ChildUnit[] = [];
  readonly #ids: Set<number>;
  readonly #absent: AbsentChild[] = [];

  constructor(requested: HeldUnit[]) {
    this.#requested = requested;
    this.#ids = new Set(requested.map(({ id }) => id));
  }

  add(child: ChildUnit): void {
    if (this.#ids.has(child.id)) return;
    this.#ids.add(child.id);
    this.#children.push(child);
  }

  miss(child: AbsentChild): void {
    this.#absent.push(child);
  }

  requestedOf(type: ContentType): number[] {
    return idsOf(this.#requested, type);
  }

  /** Of the types, requested or found so far. */
  allOf(...types: ContentType[]): number[] {
    return types.flatMap(type => [
      ...idsOf(this.#requested, type),
      ...idsOf(this.#children, type),
    ]);
  }

  finish(ignored: number[]): Selection {
    return {
      requested: this.#requested,
      children: this.#children,
      ignored,
      absent: this.#absent,
    };
  }
}

function idsOf(units: readonly HeldUnit[], type: ContentType): number[] {
  return units.flatMap(unit => (unit.type === type ? unit.id : []));
}
