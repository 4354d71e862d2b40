import { describeChain } from '@rpmportal/rpm-solver';
import type { UnitLabel } from '../database/operations/versions';
import type { ContentType } from '../identifiers';
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
};

const VERBS = {
  requested: 'requested',
  listed: 'lists',
  member: 'has',
  artifact: 'has the artifact',
  companion: 'comes with',
};

/** `advisory ZOO-2026:0001`, `whale-0.2-1.noarch` */
export function titleOf({ type, label }: UnitLabel): string {
  const kind = KINDS[type];
  return kind ? `${kind} ${label}` : label;
}

/** The units whose labels an explanation needs. */
export function unitsIn(explanation: readonly ExplanationPart[]): number[] {
  return explanation.flatMap(part => ('unitId' in part ? part.unitId : []));
}

/** Writes an explanation on one line: `requested advisory A → lists b-1-1.noarch → requires c → …`. */
export function describeExplanation(
  explanation: readonly ExplanationPart[],
  labels: ReadonlyMap<number, UnitLabel>,
): string {
  return explanation
    .flatMap(part => {
      if ('steps' in part) {
        return part.steps.length ? describeChain(part.steps) : [];
      }
      const unit = labels.get(part.unitId);
      return `${VERBS[part.relation]} ${unit ? titleOf(unit) : 'a unit'}`;
    })
    .join(' → ');
}
