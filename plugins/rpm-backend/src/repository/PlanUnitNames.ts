import type {
  ModularWarning,
  NamedUnit,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import {
  readUnitLabels,
  type ModuleMapping,
} from '../database/operations/versions';
import { hrefOf } from '../identifiers';
import type {
  AdvisoryDecision,
  MergedAdvisory,
  PathOverlap,
  RemovalReason,
  RemovedUnit,
} from './versionTypes';

/** As many units of each list as a task's result names; all are counted. */
export const NAMED_UNITS = 100;

/** A unit that nothing held and that was cleaned up since. */
const GONE: NamedUnit = { pulp_href: null, label: '<unavailable>' };

/** The unit that made another one leave. */
export function causeOfRemoval(reason: RemovalReason): number | undefined {
  switch (reason.kind) {
    case 'replaced':
      return reason.byUnitId;
    case 'module-removed':
      return reason.modulemdId;
    case 'retention':
    case 'pruned':
      return reason.newestUnitId;
    case 'advisory':
      return reason.keptUnitId;
    default:
      return undefined;
  }
}

/** Names units of a plan for the result of a task. */
export class PlanUnitNames {
  readonly #names: ReadonlyMap<number, NamedUnit>;

  private constructor(names: ReadonlyMap<number, NamedUnit>) {
    this.#names = names;
  }

  /** Reads the names of units and of what is told of them, those only. */
  static async read(
    knex: Knex,
    units: {
      ids?: readonly number[];
      removed: readonly RemovedUnit[];
      decisions: readonly AdvisoryDecision[];
      merged: readonly MergedAdvisory[];
      overlaps: readonly PathOverlap[];
      losses: readonly ModuleMapping[];
    },
  ): Promise<PlanUnitNames> {
    const ids = [
      ...(units.ids ?? []),
      ...units.removed.flatMap(({ unitId, reason }) => [
        unitId,
        causeOfRemoval(reason) ?? [],
      ]),
      ...units.decisions.flatMap(({ keptUnitId, droppedUnitIds }) => [
        keptUnitId,
        ...droppedUnitIds,
      ]),
      ...units.overlaps.flatMap(({ unitIds }) => unitIds),
      ...units.losses.flatMap(({ packageId, modulemdId }) => [
        packageId,
        modulemdId,
      ]),
    ].flat();
    const labels = await readUnitLabels(knex, [...new Set(ids)]);
    const names = new Map<number, NamedUnit>(
      labels.map(({ id, type, uuid, label }) => [
        id,
        { pulp_href: hrefOf(type, uuid), label },
      ]),
    );
    for (const { unitId, advisory } of units.merged) {
      names.set(unitId, { pulp_href: null, label: advisory.id });
    }
    return new PlanUnitNames(names);
  }

  of(unitId: number): NamedUnit {
    return this.#names.get(unitId) ?? GONE;
  }

  removed({ unitId, reason }: RemovedUnit) {
    const cause = causeOfRemoval(reason);
    return {
      ...this.of(unitId),
      reason: reason.kind,
      because_of: cause === undefined ? null : this.of(cause),
    };
  }

  loss({ packageId, modulemdId }: ModuleMapping): ModularWarning {
    const [unit, module] = [this.of(packageId), this.of(modulemdId)];
    return {
      sentence: `${unit.label} is removed although it is an artifact of ${module.label}, which stays.`,
      package: unit,
      module,
    };
  }

  overlap({ path, unitIds }: PathOverlap) {
    return { path, units: unitIds.map(id => this.of(id)) };
  }

  decision({
    advisoryId,
    decision,
    keptUnitId,
    droppedUnitIds,
  }: AdvisoryDecision) {
    return {
      id: advisoryId,
      decision,
      kept: this.of(keptUnitId),
      dropped: droppedUnitIds.map(id => this.of(id)),
    };
  }
}
