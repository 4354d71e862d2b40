import type {
  RetentionResult,
  RetentionSide,
} from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf, versionHrefOf } from '../../identifiers';
import { NAMED_UNITS } from '../PlanUnitNames';
import type {
  RetainableCheckpoint,
  RetainableVersion,
  RetentionPlan,
  VersionProtection,
} from './types';

function nameCheckpoint({ uuid, stamp }: RetainableCheckpoint) {
  return { pulp_href: hrefOf('publication', uuid), label: stamp };
}

function nameProtection(protection: VersionProtection) {
  return protection.kind === 'checkpoint'
    ? nameCheckpoint(protection)
    : {
        pulp_href: hrefOf(protection.kind, protection.uuid),
        label: protection.name,
      };
}

/** What a task tells of the versions and checkpoints that retention removed, or would, and spared. */
export function describeRetention(
  repositoryUuid: string,
  plan: RetentionPlan,
): RetentionResult {
  const nameVersion = ({ number }: RetainableVersion) => ({
    pulp_href: versionHrefOf(repositoryUuid, number),
    label: String(number),
  });
  return {
    versions: side(
      plan.surplusVersions,
      version => ({ ...nameVersion(version), reason: 'retention' }),
      plan.keptVersions,
      ({ version, protection }) => ({
        ...nameVersion(version),
        reason: protection?.kind ?? 'newest',
        because_of: protection ? nameProtection(protection) : null,
      }),
    ),
    checkpoints: side(
      plan.surplusCheckpoints,
      checkpoint => ({ ...nameCheckpoint(checkpoint), reason: 'retention' }),
      plan.keptCheckpoints,
      checkpoint => ({
        ...nameCheckpoint(checkpoint),
        reason: 'newest',
        because_of: null,
      }),
    ),
  };
}

function side<Removed, Kept>(
  removed: readonly Removed[],
  describeRemoved: (one: Removed) => RetentionSide['removed'][number],
  kept: readonly Kept[],
  describeKept: (one: Kept) => RetentionSide['kept'][number],
): RetentionSide {
  return {
    removed: removed.slice(0, NAMED_UNITS).map(describeRemoved),
    removed_count: removed.length,
    kept: kept.slice(0, NAMED_UNITS).map(describeKept),
    kept_count: kept.length,
  };
}
