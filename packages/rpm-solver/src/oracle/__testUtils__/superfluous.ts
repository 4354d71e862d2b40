import {
  compareEvr,
  parseRelation,
  parseRichDependency,
  type RichDependency,
} from '@rpmportal/rpm-format';
import { clash, fits, isMet, parse, provides } from '../../__testUtils__/naive';
import type { PlanStep } from '../../closure/plan';
import { chainOf } from '../../explanation/describeChain';
import type { PackageRecord } from '../../pool/records';
import type { LibsolvOracle } from './LibsolvOracle';
import type { MachinePlan } from './MachinePlan';

/**
 * Finds what comes along without need: units without which everything could be installed as before,
 * and whose requester would not have to do with a provider that is preferred less.
 *
 * @remarks
 * Artifacts and modules, and what is wished for, come along for their own sake.
 *
 * @param limit - as many units as are looked at
 */
export async function superfluous(
  machine: MachinePlan,
  oracle: LibsolvOracle,
  limit = Infinity,
): Promise<string[]> {
  const { plan, after } = machine;
  const steps = plan.entries
    .flatMap(({ entry, added }) => added.map(({ step }) => ({ entry, step })))
    .filter(({ step }) => plan.steps[step].reason === 'requires')
    .slice(0, limit);

  const faults: string[] = [];
  for (const { entry, step } of steps) {
    const [link, ...chain] = chainOf(plan, step).reverse();
    const rivals = betterThan(machine, entry, link, chain[0]);
    if (rivals.length === 0) continue;
    const there = [...after].filter(unit => unit !== link.unit);
    const needsIt = async (units: readonly number[]) => {
      const ask = units.filter(unit => unit !== link.unit).map(unit => [unit]);
      const [before, without] = await oracle.ask([
        { there: after, ask },
        { there, ask },
      ]);
      return before.some((could, i) => could && !without[i]);
    };
    const [withRival] = await oracle.ask([
      { there, ask: rivals.map(rival => [rival, chain[0].unit]) },
    ]);
    const rival = rivals.find((_, i) => withRival[i]);
    if (
      rival !== undefined &&
      !(await needsIt(chain.map(({ unit }) => unit))) &&
      !(await needsIt(machine.copied)) &&
      !isLackedWithout(machine, link.unit) &&
      !isWished(machine, link.unit)
    ) {
      faults.push(
        `${link.label} is not needed: ${chain[0].label} can do with unit ${rival} for ${link.requirement}`,
      );
    }
  }
  return faults;
}

/** Whether a package of the plan, even one that cannot be had for other reasons, would lack the unit. */
function isLackedWithout({ plan, packages, after }: MachinePlan, unit: number) {
  const there = [...after].flatMap(each => packages.get(each) ?? []);
  const left = there.filter(one => one.unit !== unit);
  const concerned = new Set([
    ...plan.steps.map(step => step.unit),
    ...plan.missing.map(missing => missing.unit),
  ]);
  return [...concerned].some(each => {
    const one = packages.get(each);
    return one?.requires.some(
      relation =>
        isMet(one, parse(relation), there) &&
        !isMet(one, parse(relation), left),
    );
  });
}

/** Whether the unit may have come for a wish, and meets a requirement besides. */
function isWished(
  { options, copied, packages }: MachinePlan,
  unit: number,
): boolean {
  const one = packages.get(unit)!;
  return (
    options.weakDependencies === true &&
    (one.supplements.length > 0 ||
      copied.some(each =>
        packages
          .get(each)!
          .recommends.some(
            wish => wish.name.startsWith('(') || provides(one, wish),
          ),
      ))
  );
}

/** What would meet the requirement of a link and clearly be preferred to the unit that does. */
function betterThan(
  machine: MachinePlan,
  entry: string,
  link: PlanStep,
  from: PlanStep,
): number[] {
  const { after, packages, options } = machine;
  const owner = packages.get(from.unit)!;
  const chosen = packages.get(link.unit)!;
  const tree = read(link.requirement!);
  const place =
    machine.places[
      machine.plan.entries.findIndex(each => each.entry === entry)
    ];
  // Who is at several destinations has the requirement at each of them.
  const homes = machine.places.filter(each => each.has(from.unit));
  const order = (one: PackageRecord) =>
    Math.max(
      ...homes.map(
        home => Number(!home.has(one.unit)) - Number(home !== place),
      ),
    ) ||
    (machine.given.has(one.unit) && !options.dependencyUpgrade ? -1 : 0) ||
    (one.name === chosen.name && one.arch === chosen.arch
      ? compareEvr(chosen, one)
      : 0);
  return [...after].filter(unit => {
    const one = packages.get(unit);
    return (
      one !== undefined &&
      one !== chosen &&
      satisfies(one, tree) &&
      (one === owner || (fits(owner, one) && !clash(owner, one))) &&
      order(one) < 0
    );
  });
}

function read(requirement: string): RichDependency {
  return requirement.startsWith('(')
    ? parseRichDependency(requirement)
    : { op: 'relation', relation: parseRelation(requirement)! };
}

function satisfies(one: PackageRecord, tree: RichDependency): boolean {
  switch (tree.op) {
    case 'relation':
      return provides(one, tree.relation);
    case 'and':
    case 'if':
    case 'unless':
      // What is needed of several packages is no choice between them.
      return false;
    case 'or':
      return tree.operands.some(part => satisfies(one, part));
    case 'with':
      return tree.operands.every(part => satisfies(one, part));
    default:
      return satisfies(one, tree.operand) && !satisfies(one, tree.excluded);
  }
}
