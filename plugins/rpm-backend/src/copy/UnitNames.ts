import { describeChain } from '@rpmportal/rpm-solver';
import type { Knex } from 'knex';
import {
  readUnitLabels,
  type UnitLabel,
} from '../database/operations/versions';
import { hrefOf, type ContentType } from '../identifiers';
import type { ExplanationPart } from './planning/Explanations';

/** What is written in front of the name of a unit. */
const KINDS: Partial<Record<ContentType, string>> = {
  'rpm.advisory': 'advisory',
  'rpm.modulemd': 'module',
  'rpm.modulemd_defaults': 'defaults of module',
  'rpm.modulemd_obsolete': 'end of stream',
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
};

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
    return ids.flatMap(id => (this.#labels.has(id) ? this.href(id) : []));
  }

  href(id: number): string {
    const { type, uuid } = this.#labels.get(id)!;
    return hrefOf(type, uuid);
  }

  /** `advisory ZOO-2026:0001`, `whale-0.2-1.noarch` */
  title(id: number): string {
    const { type, label } = this.#labels.get(id)!;
    const kind = KINDS[type];
    return kind ? `${kind} ${label}` : label;
  }

  /** One line: `requested advisory A → lists b-1-1.noarch → requires c → …`. */
  chain(explanation: readonly ExplanationPart[]): string {
    return explanation
      .flatMap(part => {
        if ('unitId' in part) {
          return `${VERBS[part.relation]} ${this.title(part.unitId)}`;
        }
        return part.steps.length ? describeChain(part.steps) : [];
      })
      .join(' → ');
  }
}
