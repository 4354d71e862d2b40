import { toAdvisoryDraft } from '../../content-units/advisoryDraft';
import { mergedModelAdvisory, modelAdvisory, modelUnit } from './modelUnits';

/** Names of units. */
export type ModelContent = ReadonlySet<string>;

/** A change as the model understands it. */
export interface ModelChange {
  add: readonly string[];
  remove: readonly string[] | '*';
  base?: ModelContent;
  overwrite?: boolean;
}

/** Why a change was refused: the code of its task's error. */
export class ModelRefusal extends Error {}

/**
 * What a repository should be: plain sets, all computed anew each time. It repeats the rules of
 * versions in the simplest words, so that the real one can be held against it.
 */
export class ModelRepository {
  versions = new Map<number, ModelContent>([[0, new Set()]]);
  next = 1;
  keepVersions = 0;
  keepPackages = 0;
  /** The version that a distribution names. */
  served: number | undefined;

  get latest(): ModelContent {
    return this.versions.get(Math.max(...this.versions.keys()))!;
  }

  /** All that any version holds. */
  get held(): Set<string> {
    return new Set([...this.versions.values()].flatMap(names => [...names]));
  }

  /** @throws ModelRefusal */
  modify({ add, remove, base, overwrite = true }: ModelChange): void {
    const keys = add.flatMap(name => modelUnit(name).key ?? []);
    if (new Set(keys).size < keys.length) throw new ModelRefusal('PLP0022');

    const start: ModelContent =
      remove === '*' ? new Set() : base ?? this.latest;
    const incoming = add.filter(name => !start.has(name));
    const wanted = (name: string) =>
      remove === '*' || !remove.includes(name) || add.includes(name);
    const replaced = (name: string) =>
      incoming.some(other => {
        const { key } = modelUnit(other);
        return key !== undefined && key === modelUnit(name).key;
      });
    const staying = [...start].filter(wanted);
    if (!overwrite && staying.some(replaced)) throw new ModelRefusal('PLP0023');
    const content = new Set([
      ...staying.filter(name => !replaced(name)),
      ...incoming,
    ]);
    this.#dropModular(start, content, add);
    const isMereBaseChange = base && !add.length && !remove.length;
    if (this.keepPackages && !isMereBaseChange) this.#retainPackages(content);
    settleAdvisories(content, incoming);
    this.#finish(content);
  }

  /** Of each name and arch only the newest stay, and what belongs to modules. */
  prune(): void {
    this.modify({ add: [], remove: surplusOf(this.latest, 1) });
  }

  /** Deletes what is not to be kept. */
  retain(): void {
    if (!this.keepVersions) return;
    [...this.versions.keys()]
      .sort((a, b) => b - a)
      .filter(number => number !== this.served)
      .slice(this.keepVersions)
      .forEach(number => this.versions.delete(number));
  }

  /** @throws ModelRefusal */
  delete(number: number): void {
    if (this.versions.size === 1) throw new ModelRefusal('PLP0011');
    if (number === this.served) throw new ModelRefusal('PLP0006');
    this.versions.delete(number);
  }

  /** The number of some version; `index` goes round. */
  pick(index: number): number {
    const numbers = [...this.versions.keys()].sort((a, b) => a - b);
    return numbers[index % numbers.length];
  }

  #dropModular(
    start: ModelContent,
    content: Set<string>,
    add: readonly string[],
  ): void {
    const lost = [...start].filter(name => !content.has(name));
    for (const name of start) {
      if (
        !add.includes(name) &&
        isMapped(name, lost) &&
        !isMapped(name, content)
      ) {
        content.delete(name);
      }
    }
  }

  #retainPackages(content: Set<string>): void {
    for (const name of surplusOf(content, this.keepPackages)) {
      content.delete(name);
    }
  }

  #finish(content: ModelContent): void {
    const { latest } = this;
    const same =
      content.size === latest.size &&
      [...content].every(name => latest.has(name));
    if (same) return;
    this.versions.set(this.next, content);
    this.next += 1;
    this.retain();
  }
}

function isMapped(name: string, modules: Iterable<string>): boolean {
  return [...modules].some(module =>
    modelUnit(module).artifacts?.includes(name),
  );
}

/** The packages that are too old; modular ones neither count nor go. */
function surplusOf(content: ModelContent, keep: number): string[] {
  const groups = new Set(
    [...content].flatMap(name => modelUnit(name).group ?? []),
  );
  return [...groups].flatMap(group =>
    [...content]
      .filter(name => modelUnit(name).group === group)
      .filter(name => !modelUnit(name).labelled && !isMapped(name, content))
      .sort((a, b) => modelUnit(b).age! - modelUnit(a).age!)
      .slice(keep),
  );
}

/** @throws ModelRefusal */
function settleAdvisories(
  content: Set<string>,
  incoming: readonly string[],
): void {
  const ids = new Set(incoming.flatMap(name => modelAdvisory(name)?.id ?? []));
  for (const id of ids) {
    const all = [...content].filter(name => modelAdvisory(name)?.id === id);
    if (all.length < 2) continue;
    const came = (name: string) => incoming.includes(name);
    const inOrder = [
      ...all.filter(name => !came(name)).sort(byAge),
      ...all.filter(came).sort(byAge),
    ];
    const kept = inOrder.reduce(resolveTwo);
    for (const name of all) content.delete(name);
    content.add(kept);
  }
}

function ageOf(name: string): string {
  const advisory = modelAdvisory(name)!;
  return `${advisory.updatedDate} ${toAdvisoryDraft(advisory).digest}`;
}

function byAge(a: string, b: string): number {
  return ageOf(a) < ageOf(b) ? -1 : 1;
}

function packagesOf(name: string): string[] {
  return modelAdvisory(name)!.pkglist.flatMap(({ packages }) =>
    packages.map(pkg => `${pkg.name}-${pkg.version}`),
  );
}

/** @throws ModelRefusal */
function resolveTwo(previous: string, added: string): string {
  const [before, after] = [previous, added].map(name => ({
    date: modelAdvisory(name)!.updatedDate!,
    packages: packagesOf(name),
  }));
  // All advisories of the model that have different dates have packages in common.
  if (before.date !== after.date) {
    return before.date < after.date ? added : previous;
  }
  const isIn = (one: string[], other: string[]) =>
    one.every(name => other.includes(name));
  if (isIn(before.packages, after.packages)) return added;
  if (isIn(after.packages, before.packages)) return previous;
  if (before.packages.some(name => after.packages.includes(name))) {
    throw new ModelRefusal('RPM0001');
  }
  return mergedModelAdvisory(previous, added);
}
