import type { Knex } from 'knex';
import {
  readUnitLabels,
  type UnitLabel,
} from '../database/operations/versions';
import { hrefOf, type ContentType } from '../identifiers';
import type { Explanation } from './types';

/** What is written in front of the name of a unit. */
const KINDS: Partial<Record<ContentType, string>> = {
  'rpm.advisory': 'advisory',
  'rpm.modulemd': 'module',
  'rpm.modulemd_defaults': 'defaults of module',
  'rpm.modulemd_obsolete': 'end of stream',
  'rpm.modulemd_document': 'module document',
  'rpm.packagegroup': 'group',
  'rpm.packagecategory': 'category',
  'rpm.packageenvironment': 'environment',
  'rpm.repo_metadata_file': 'metadata file',
  'rpm.distribution_tree': 'distribution tree',
};

const VERBS = {
  requested: 'requested',
  listed: 'lists',
  member: 'has',
  artifact: 'has the artifact',
  companion: 'comes with',
  module: 'belongs to',
};

/** What a unit that was cleaned up since is called. */
const GONE = '<unavailable>';

/** How units are called in what is told of a copy. */
export class UnitNames {
  readonly #labels: ReadonlyMap<number, UnitLabel>;

  private constructor(labels: ReadonlyMap<number, UnitLabel>) {
    this.#labels = labels;
  }

  static async read(knex: Knex, ids: Iterable<number>): Promise<UnitNames> {
    const labels = await readUnitLabels(knex, [...new Set(ids)]);
    return new UnitNames(new Map(labels.map(unit => [unit.id, unit])));
  }

  /** Of those units that still exist. */
  hrefs(ids: readonly number[]): string[] {
    return ids.flatMap(id => this.href(id) ?? []);
  }

  /** Null when the unit does not exist any more. */
  href(id: number): string | null {
    const unit = this.#labels.get(id);
    return unit ? hrefOf(unit.type, unit.uuid) : null;
  }

  /** NEVRA, `module:stream:version:context:arch`, advisory id, … */
  label(id: number): string {
    return this.#labels.get(id)?.label ?? GONE;
  }

  /** `advisory ZOO-2026:0001`, `whale-0.2-1.noarch` */
  title(id: number): string {
    const unit = this.#labels.get(id);
    const kind = unit && KINDS[unit.type];
    return kind ? `${kind} ${unit.label}` : this.label(id);
  }

  /** One line: `requested advisory A → lists b-1-1.noarch → requires c → …`. */
  chain(explanation: Explanation): string {
    return explanation
      .map(part =>
        'text' in part
          ? part.text
          : `${VERBS[part.relation]} ${this.title(part.unitId)}`,
      )
      .join(' → ');
  }
}
