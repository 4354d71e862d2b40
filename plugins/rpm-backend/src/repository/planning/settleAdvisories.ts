import {
  findAdvisory,
  listHoldersOfKeys,
  readAdvisories,
  type StoredAdvisory,
} from '../../database/operations/versions';
import { resolveAdvisories } from '../rules/resolveAdvisories';
import type { AdvisoryDecision, MergedAdvisory } from '../versionTypes';
import type { Planning } from './Planning';

/** What is said of advisories that have one id. */
export interface SettledAdvisories {
  decisions: AdvisoryDecision[];
  merged: MergedAdvisory[];
}

/**
 * Of several advisories with one id one stays. Looks only at ids of which an advisory comes in.
 *
 * @throws TaskError RPM0001 when they contradict each other
 */
export async function settleAdvisories(
  planning: Planning,
): Promise<SettledAdvisories> {
  const settled: SettledAdvisories = { decisions: [], merged: [] };
  const { knex, start, draft } = planning;
  const incoming = planning.incoming.filter(
    ({ type }) => type === 'rpm.advisory',
  );
  if (!incoming.length) return settled;
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
    await settleOne(planning, old.get(id) ?? [], added.get(id)!, settled);
  }
  return settled;
}

async function settleOne(
  { knex, rules, draft }: Planning,
  existing: readonly StoredAdvisory[],
  incoming: readonly StoredAdvisory[],
  settled: SettledAdvisories,
): Promise<void> {
  const all = [...existing, ...incoming];
  const kept = resolveAdvisories(
    existing.map(({ advisory }) => advisory),
    incoming.map(({ advisory }) => advisory),
    rules,
  );
  const isKept = ({ advisory }: StoredAdvisory) => advisory === kept;
  let keptUnitId = all.find(isKept)?.unitId ?? (await findAdvisory(knex, kept));
  if (keptUnitId === undefined) {
    keptUnitId = -1 - settled.merged.length;
    settled.merged.push({ unitId: keptUnitId, advisory: kept });
  }
  const dropped = all.flatMap(({ unitId }) =>
    unitId === keptUnitId ? [] : unitId,
  );
  for (const unitId of dropped) {
    draft.remove(unitId, { kind: 'advisory', keptUnitId });
  }
  // A merged one; it cannot be any of those that were there, for it says more than each of them.
  if (dropped.length === all.length) draft.add(keptUnitId);
  settled.decisions.push({
    advisoryId: kept.id,
    decision: decisionOf(existing.some(isKept), incoming.some(isKept)),
    keptUnitId,
    droppedUnitIds: dropped,
  });
}

function decisionOf(
  wasThere: boolean,
  came: boolean,
): AdvisoryDecision['decision'] {
  if (wasThere) return 'existing';
  return came ? 'incoming' : 'merged';
}
