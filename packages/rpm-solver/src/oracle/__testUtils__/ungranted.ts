import { formatNevra, formatRelation } from '@rpmportal/rpm-format';
import { clash, fits, provides } from '../../__testUtils__/naive';
import type { LibsolvOracle } from './LibsolvOracle';
import type { MachinePlan } from './MachinePlan';

/**
 * Finds wishes that could be granted and are not, and packages that come for a wish and cannot be
 * installed along with who has it. Rich wishes are left to tests of their own.
 *
 * @param limit - as many wishes as libsolv is asked about
 */
export async function ungranted(
  machine: MachinePlan,
  oracle: LibsolvOracle,
  limit = Infinity,
): Promise<string[]> {
  const { plan, after, everything, options } = machine;
  const pairs = plan.steps
    .filter(
      ({ reason, presence }) =>
        presence === 'copied' &&
        (reason === 'recommends' || reason === 'supplements'),
    )
    .map(({ unit, previous }) => [plan.steps[previous!].unit, unit]);
  if (!options.weakDependencies) {
    return pairs.map(([, unit]) => `${unit} comes for a wish unasked`);
  }
  const wishes = [...openWishes(machine)].slice(0, limit);
  const asked = wishes.flatMap(({ groups }) => groups);
  const [together, possible] = await oracle.ask([
    { there: after, ask: pairs },
    { there: everything, ask: asked },
  ]);
  const granted = new Set(asked.filter((_, i) => possible[i]));
  return [
    ...pairs
      .filter((_, i) => !together[i])
      .map(([from, unit]) => `${unit} excludes ${from}, which wishes for it`),
    ...wishes
      .filter(({ groups }) => groups.some(group => granted.has(group)))
      .map(({ text }) => `${text} in vain`),
  ];
}

/** What copied packages recommend and do not get, with who could grant it. */
function* openWishes({
  packages,
  copied,
  after,
  sources,
  modular,
}: MachinePlan) {
  const offered = new Set(sources.flat());
  for (const unit of copied) {
    const owner = packages.get(unit)!;
    for (const wish of owner.arch === 'src' ? [] : owner.recommends) {
      if (wish.name.startsWith('(')) continue;
      const candidates = [...packages.values()].filter(
        one =>
          provides(one, wish) &&
          (one === owner || (fits(owner, one) && !clash(owner, one))),
      );
      if (candidates.some(one => one === owner || after.has(one.unit))) {
        continue;
      }
      yield {
        text: `${unit} wishes for ${formatRelation(wish)}`,
        // A stream that nobody chose is nothing to wish for.
        groups: candidates
          .filter(
            one => offered.has(one.unit) && !modular.has(formatNevra(one)),
          )
          .map(one => [unit, one.unit]),
      };
    }
  }
}
