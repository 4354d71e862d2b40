import { saveAdvisories } from '../../database/operations/content-units';
import {
  listHoldersOfKeys,
  readAdvisories,
  type StoredAdvisory,
} from '../../database/operations/versions';
import { resolveAdvisories } from '../rules/resolveAdvisories';
import type { Planning } from './Planning';

/**
 * Of several advisories with one id one stays. Looks only at ids of which an advisory comes in.
 *
 * @throws TaskError RPM0001 when they contradict each other
 */
export async function settleAdvisories(planning: Planning): Promise<void> {
  const { knex, start, draft } = planning;
  const incoming = planning.incoming.filter(
    ({ type }) => type === 'rpm.advisory',
  );
  if (!incoming.length) return;
  const holders = start ? await listHoldersOfKeys(knex, start, incoming) : [];
  const existing = holders.filter(({ id }) => !draft.removed.has(id));

  const contested = new Set<string>();
  const seen = new Set(existing.map(unit => unit.repoKey!));
  for (const { repoKey } of incoming) {
    if (seen.has(repoKey!)) contested.add(repoKey!);
    seen.add(repoKey!);
  }
  const isContested = (unit: { repoKey: string | undefined }) =>
    contested.has(unit.repoKey!);
  const old = await readAdvisories(knex, existing.filter(isContested));
  const added = await readAdvisories(knex, incoming.filter(isContested));
  for (const id of [...contested].sort()) {
    await settleOne(planning, old.get(id) ?? [], added.get(id)!);
  }
}

async function settleOne(
  { knex, rules, draft }: Planning,
  existing: readonly StoredAdvisory[],
  incoming: readonly StoredAdvisory[],
): Promise<void> {
  const all = [...existing, ...incoming];
  const kept = resolveAdvisories(
    existing.map(({ advisory }) => advisory),
    incoming.map(({ advisory }) => advisory),
    rules,
  );
  const keptUnitId =
    all.find(({ advisory }) => advisory === kept)?.unitId ??
    (await saveAdvisories(knex, [kept]))[0];
  for (const { unitId } of all) {
    if (unitId !== keptUnitId) {
      draft.remove(unitId, { kind: 'advisory', keptUnitId });
    }
  }
  // A merged one; it cannot be any of those that were there, for it says more than each of them.
  if (all.every(({ unitId }) => unitId !== keptUnitId)) draft.add(keptUnitId);
}
