import type { CopyReport } from '@rpmportal/backstage-plugin-rpm-common';
import type { SolvedClosure } from '../solving';

/** As many as a sentence can bear. */
const NAMED = 3;

/** Why a copy that must not lack anything is not made, in one sentence; undefined when it lacks nothing. */
export function refusalOf(
  closure:
    | Pick<SolvedClosure, 'missing' | 'missingCount' | 'allowedCount'>
    | undefined,
): string | undefined {
  if (!closure) return undefined;
  const count = closure.missingCount - closure.allowedCount;
  if (!count) return undefined;
  const lacking = closure.missing.filter(({ allowed }) => !allowed);
  return `The copy lacks ${
    count === 1 ? 'a requirement' : `${count} requirements`
  }: ${joinFirst(lacking, count)}.`;
}

/** Why a copy that must bring packages with their modules is not made; undefined when it does. */
export function refusalOfUnaccompanied({
  warnings,
  counts,
}: Pick<CopyReport, 'warnings' | 'counts'>): string | undefined {
  const count = counts.warnings;
  if (!count) return undefined;
  return `The copy lacks the ${
    count === 1 ? 'module of a package' : `modules of ${count} packages`
  }: ${joinFirst(warnings, count)}.`;
}

function joinFirst(told: readonly { sentence: string }[], count: number) {
  const named = told
    .slice(0, NAMED)
    .map(({ sentence }) => sentence.replace(/\.$/, ''));
  const more = count - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
