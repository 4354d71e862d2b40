import { chainOf } from '../../explanation/describeChain';
import type { LibsolvOracle } from './LibsolvOracle';
import type { MachinePlan } from './MachinePlan';

/**
 * Finds copied packages that lack something, what is said to be missing without being so, and added
 * units without a chain.
 *
 * @param limit - as many packages as libsolv is asked about
 */
export async function incomplete(
  { plan, copied, everything, after }: MachinePlan,
  oracle: LibsolvOracle,
  limit = Infinity,
): Promise<string[]> {
  const missing = new Set(
    plan.missing
      .filter(({ problem }) => problem !== 'no-module')
      .map(({ unit }) => unit),
  );
  const units = [...new Set([...missing, ...copied])].slice(0, limit);
  const ask = units.map(unit => [unit]);
  const [possible, achieved] = await oracle.ask([
    { there: everything, ask },
    { there: after, ask },
  ]);
  return [
    ...units.flatMap((unit, i) => {
      if (possible[i] && !achieved[i]) return [`${unit} lacks something`];
      if (possible[i] && missing.has(unit)) return [`${unit} lacks nothing`];
      return !achieved[i] && plan.missing.length === 0
        ? [`nobody says that ${unit} lacks something`]
        : [];
    }),
    ...plan.entries
      .flatMap(({ added }) => added)
      .filter(({ step }) => chainOf(plan, step)[0].reason !== 'requested')
      .map(({ unit }) => `${unit} has no chain`),
  ];
}
