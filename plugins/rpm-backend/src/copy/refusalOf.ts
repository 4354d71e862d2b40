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
  const named = closure.missing
    .filter(({ allowed }) => !allowed)
    .slice(0, NAMED)
    .map(({ sentence }) => sentence.replace(/\.$/, ''));
  const more = count - named.length;
  return `The copy lacks ${
    count === 1 ? 'a requirement' : `${count} requirements`
  }: ${[...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')}.`;
}
