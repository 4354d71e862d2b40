import type { Advisory } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import { toAdvisoryDraft } from '../../../content-units/advisoryDraft';
import type { DbUnitRow } from '../../tables';

/** The unit that says what the advisory says, if there is one. */
export async function findAdvisory(
  knex: Knex,
  advisory: Advisory,
): Promise<number | undefined> {
  const { type, digest } = toAdvisoryDraft(advisory);
  const unit = await knex<DbUnitRow>('unit')
    .select('id')
    .where({ type, digest })
    .first();
  return unit?.id;
}
