import type { Cancellation } from '../../cancellation';
import {
  excludesItself,
  isRefused,
  lacks,
  lacksModule,
} from '../../explanation/clauses';
import { missingStream } from '../../explanation/missingStream';
import { rivalStreams } from '../../explanation/rivalStreams';
import {
  nearestCandidates,
  type Surroundings,
} from '../../explanation/nearestCandidates';
import type { ModuleId, PackageId } from '../../pool/Pool';
import { Causes, isInherited } from './Causes';
import type { Examination } from './Examination';
import type { InstallabilityProblem } from './report';
import { UnmetRequirements, type UnmetRequirement } from './UnmetRequirements';

/**
 * For as many packages it is searched which of their requirements exclude each other: each takes some
 * milliseconds, and thousands have hardly a reason of their own each.
 */
const MOST_SEARCHED = 1_000;

/** A problem whose sentence is not said yet: it often is not, or as part of another one. */
interface Finding extends Omit<InstallabilityProblem, 'sentence'> {
  /** @param subject - the package as the sentence calls it; @returns the sentence without a stop */
  say: (subject: string) => string;
}

/**
 * Says why packages cannot be installed.
 *
 * @remarks
 * What is unmet by itself is told by requirement; where there is no such thing, the fewest requirements
 * are that cannot be had together.
 */
export class Diagnosis {
  readonly #examination: Examination;
  readonly #unmet: UnmetRequirements;
  readonly #causes: Causes;
  readonly #surroundings: Surroundings;
  readonly #together = new Map<PackageId, Finding>();

  /**
   * @param broken - the packages that will be asked about
   * @throws CancelledError
   */
  constructor(
    examination: Examination,
    broken: readonly PackageId[],
    cancellation: Cancellation,
  ) {
    this.#examination = examination;
    this.#unmet = new UnmetRequirements(examination, cancellation);
    this.#causes = new Causes(this.#unmet, broken);
    this.#surroundings = {
      // What the machine does not take is worth naming: it may be the build that is meant.
      hasPackage: id => examination.holds(id),
      hasModule: id => examination.hasModule(id),
    };
  }

  /**
   * Reasons of its own before those that other packages have, each by requirement.
   *
   * @param most - as many as get a sentence; `count` is of all
   * @throws CancelledError
   */
  of(
    broken: PackageId,
    most: number,
  ): { problems: InstallabilityProblem[]; count: number } {
    const findings = this.#findings(broken);
    const label = this.#examination.pool.label(broken);
    return {
      count: findings.length,
      problems: findings
        .slice(0, most)
        .map(({ requirement, problem, say }) => ({
          requirement,
          problem,
          sentence: `${say(label)}.`,
        })),
    };
  }

  #findings(broken: PackageId): Finding[] {
    const unmet = this.#unmet.of(broken);
    const modular = this.#lackOfModule(broken);
    const own = [
      ...(modular ? [modular] : []),
      ...unmet
        .filter(of => !isInherited(of))
        .map(of => this.#ownProblem(broken, of)),
    ];
    const inherited = unmet.filter(isInherited);
    return own.length > 0 || this.#causes.isInheritor(broken)
      ? [...own, ...inherited.map(of => this.#inheritedProblem(of))]
      : [this.#notTogether(broken)];
  }

  #ownProblem(owner: PackageId, unmet: UnmetRequirement): Finding {
    const { pool } = this.#examination;
    const requirement = pool.requirementText(unmet.id);
    const [clashing] = unmet.clashing;
    if (clashing !== undefined) {
      return {
        requirement,
        problem: 'conflict',
        say: subject => isRefused(subject, requirement, pool.label(clashing)),
      };
    }
    if (unmet.sets.length === 0) {
      return {
        requirement,
        problem: 'not-together',
        say: subject => excludesItself(subject, [requirement]),
      };
    }
    return {
      requirement,
      problem: 'nothing-provides',
      say: subject =>
        lacks(
          subject,
          requirement,
          nearestCandidates(pool, owner, unmet.sets, this.#surroundings),
          'nothing provides',
        ),
    };
  }

  #inheritedProblem({ id, broken }: UnmetRequirement): Finding {
    const { pool } = this.#examination;
    const requirement = pool.requirementText(id);
    return {
      requirement,
      problem: 'not-installable',
      say: subject => {
        const provider = this.#causes.nearest(broken);
        const origin = this.#causes.originOf(provider);
        const [cause] = this.#findings(origin);
        const why = cause.say(
          origin === provider ? 'it' : `in the end ${pool.label(origin)}`,
        );
        return `${subject} requires ${requirement}, but ${pool.label(
          provider,
        )} cannot be installed itself: ${why}`;
      },
    };
  }

  #notTogether(broken: PackageId): Finding {
    let finding = this.#together.get(broken);
    if (!finding) {
      finding =
        this.#together.size < MOST_SEARCHED
          ? this.#findCulprits(broken)
          : {
              requirement: '',
              problem: 'not-together',
              say: subject => `${subject} requires what cannot be had together`,
            };
      this.#together.set(broken, finding);
    }
    return finding;
  }

  #findCulprits(broken: PackageId): Finding {
    const { pool, installability } = this.#examination;
    const { starts, values } = pool.columns.requires;
    const culprits = installability.findCulprits(
      broken,
      [...values.subarray(starts[broken], starts[broken + 1])].sort((a, b) =>
        pool.compareRequirements(a, b),
      ),
    );
    if (culprits.length === 0) {
      return {
        requirement: '',
        problem: 'not-together',
        say: subject => `${subject} conflicts with itself`,
      };
    }
    const requirements = culprits.map(id => pool.requirementText(id));
    return {
      requirement: requirements[0],
      problem: 'not-together',
      say: subject =>
        excludesItself(
          subject,
          requirements,
          rivalStreams(pool, culprits, {
            ...this.#surroundings,
            hasPackage: id => this.#examination.has(id),
          }),
        ),
    };
  }

  /** What keeps all modules from being enabled whose artifact a package is. */
  #lackOfModule(broken: PackageId): Finding | undefined {
    const { pool, installability } = this.#examination;
    const { modules, modulesOfPackage } = pool.columns;
    const { starts, values } = modulesOfPackage;
    const own = [...values.subarray(starts[broken], starts[broken + 1])]
      .filter(id => this.#examination.hasModule(id))
      .sort((a, b) => pool.order.compareModules(a, b));
    const isEnabled = (id: ModuleId) =>
      installability.isInstallable(pool.packageCount + id);
    if (own.length === 0 || own.some(isEnabled)) return undefined;
    const [module] = own;
    const missing = missingStream(pool, module, this.#surroundings.hasModule);
    return {
      requirement: missing?.requirement ?? '',
      problem: 'no-module',
      say: subject => lacksModule(subject, modules[module].label, missing),
    };
  }
}
