import type { Knex } from 'knex';
import type { UnitFacts } from '../../database/operations/versions';
import type { VersionContent } from '../../database/membership';
import type { VersionRules } from '../rules/resolveAdvisories';
import type { VersionDraft } from '../VersionDraft';

/** What the steps that decide one new version share. */
export interface Planning {
  readonly knex: Knex;
  readonly rules: VersionRules;
  /** What the version starts from; undefined for nothing, when everything was to be removed. */
  readonly start: VersionContent | undefined;
  /** The units asked for, whether they come in or are there already. */
  readonly requested: ReadonlySet<number>;
  /** Those of them that the starting content does not hold. */
  readonly incoming: readonly UnitFacts[];
  readonly draft: VersionDraft;
}
