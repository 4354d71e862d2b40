import type { MissingRequirement } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { unitsIn, type Explanation } from './types';
import { UnitNames } from './UnitNames';

/** A requirement that nothing meets, as plans store it. */
export interface StoredMissing {
  requirement: string;
  /** Id of the unit that has it. */
  unit: number;
  held: boolean;
  allowed: boolean;
  sentence: string;
  explanation: Explanation;
}

/** What is told of missing requirements. */
export async function presentMissing(
  knex: Knex,
  missing: readonly StoredMissing[],
): Promise<MissingRequirement[]> {
  const names = await UnitNames.read(
    knex,
    missing.flatMap(({ unit, explanation }) => [unit, ...unitsIn(explanation)]),
  );
  return missing.map(({ unit, explanation, ...told }) => ({
    requirement: told.requirement,
    required_by: names.title(unit),
    held: told.held,
    allowed: told.allowed,
    sentence: told.sentence,
    chain: names.chain(explanation),
  }));
}
