import { compareEvr, type RichDependency } from '@rpmportal/rpm-format';
import { clash, fits, isMet, parse, provides } from '../../__testUtils__/naive';
import { chainOf } from '../../explanation/describeChain';
import type { PackageRecord } from '../../pool/records';
import type { LibsolvOracle } from './LibsolvOracle';
import type { MachinePlan } from './MachinePlan';

/**
 * Finds what comes along without need: packages without which everything could be installed as before,
 * and nobody would have to do with a provider that is preferred less.
 *
 * @remarks
 * Artifacts and modules come along for their own sake, and so does what is wished for.
 *
 * @param limit - as many packages as are looked at
 */
export async function superfluous(
  machine: MachinePlan,
  oracle: LibsolvOracle,
  limit = Infinity,
): Promise<string[]> {
  const { plan, packages, after } = machine;
  const steps = plan.entries
    .flatMap(({ added }) => added.map(({ step }) => step))
    .filter(step => plan.steps[step].reason === 'requires')
    .slice(0, limit);

  const faults: string[] = [];
  for (const step of steps) {
    const { unit, label } = plan.steps[step];
    const added = packages.get(unit)!;
    const uses = usesOf(machine, added);
    if (uses.some(({ rivals }) => rivals.length === 0)) continue;
    if (isLackedWithout(machine, added) || isWished(machine, added)) {
      continue;
    }
    const there = [...after].filter(other => other !== unit);
    const pairs = uses.flatMap(({ owner, rivals }) =>
      rivals.map(rival => [rival.unit, owner.unit]),
    );
    const [answers] = await oracle.ask([{ there, ask: pairs }]);
    const served = new Set(pairs.filter((_, i) => answers[i]).map(of => of[1]));
    if (uses.some(({ owner }) => !served.has(owner.unit))) continue;
    const chain = chainOf(plan, step).map(each => each.unit);
    const ask = [...new Set([...chain, ...machine.copied])]
      .filter(other => other !== unit)
      .map(other => [other]);
    const [before, without] = await oracle.ask([
      { there: after, ask },
      { there, ask },
    ]);
    if (before.every((could, i) => !could || without[i])) {
      faults.push(`${label} is not needed`);
    }
  }
  return faults;
}

/** Whose requirements the package meets, though not to be installed with it, and what could meet them better. */
function usesOf(machine: MachinePlan, added: PackageRecord) {
  return concerned(machine).flatMap(owner =>
    owner.requires
      .map(relation => parse(relation))
      .filter(tree => fits(owner, added) && names(added, tree))
      .map(tree => ({
        owner,
        rivals: betterThan(machine, owner, tree, added),
      })),
  );
}

/** What a plan looks at: what comes along, what needs something there, and what lacks something. */
function concerned({ plan, copied, packages }: MachinePlan): PackageRecord[] {
  const units = new Set([
    ...copied,
    ...plan.steps.map(({ unit }) => unit),
    ...plan.missing.map(({ unit }) => unit),
  ]);
  return [...units].flatMap(unit => packages.get(unit) ?? []);
}

/** Whether a package, even one that cannot be had for other reasons, would lack the added one. */
function isLackedWithout(machine: MachinePlan, added: PackageRecord): boolean {
  const there = [...machine.after].flatMap(
    unit => machine.packages.get(unit) ?? [],
  );
  const left = there.filter(one => one !== added);
  return concerned(machine).some(one =>
    one.requires
      .map(relation => parse(relation))
      .some(
        tree =>
          names(added, tree) &&
          isMet(one, tree, there) &&
          !isMet(one, tree, left),
      ),
  );
}

/** Whether the package may have come for a wish, and meets a requirement besides. */
function isWished(
  { options, copied, packages }: MachinePlan,
  one: PackageRecord,
): boolean {
  return (
    options.weakDependencies === true &&
    (one.supplements.length > 0 ||
      copied.some(unit =>
        packages
          .get(unit)!
          .recommends.some(
            wish => wish.name.startsWith('(') || provides(one, wish),
          ),
      ))
  );
}

/**
 * What would meet a requirement and clearly be preferred to the package that does: it is where the
 * requirement is, it is there whatever is planned, or it is newer.
 */
function betterThan(
  { after, packages, options, places, destinations, requested }: MachinePlan,
  owner: PackageRecord,
  tree: RichDependency,
  chosen: PackageRecord,
): PackageRecord[] {
  // Who is at several destinations has the requirement at each of them.
  const homes = places.flatMap((place, i) =>
    place.has(owner.unit) ? [i] : [],
  );
  const isGiven = (home: number, { unit }: PackageRecord) =>
    destinations[home].includes(unit) || requested[home].includes(unit);
  const isBetter = (one: PackageRecord, home: number) => {
    const order =
      Number(!places[home].has(one.unit)) -
        Number(!places[home].has(chosen.unit)) ||
      (options.dependencyUpgrade ? 0 : -Number(isGiven(home, one))) ||
      (one.name === chosen.name && one.arch === chosen.arch
        ? compareEvr(chosen, one)
        : 0);
    return order < 0;
  };
  return [...after]
    .flatMap(unit => packages.get(unit) ?? [])
    .filter(
      one =>
        one !== chosen &&
        satisfies(one, tree) &&
        suits(owner, one) &&
        (one === owner || homes.every(home => isBetter(one, home))),
    );
}

function suits(owner: PackageRecord, one: PackageRecord): boolean {
  return one === owner || (fits(owner, one) && !clash(owner, one));
}

/** Whether the package by itself meets the requirement. */
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

/** Whether the requirement speaks of the package. */
function names(one: PackageRecord, tree: RichDependency): boolean {
  switch (tree.op) {
    case 'relation':
      return provides(one, tree.relation);
    case 'without':
      return satisfies(one, tree);
    case 'and':
    case 'or':
    case 'with':
      return tree.operands.some(part => names(one, part));
    default:
      return [tree.then, tree.condition, tree.otherwise].some(
        part => part !== undefined && names(one, part),
      );
  }
}
