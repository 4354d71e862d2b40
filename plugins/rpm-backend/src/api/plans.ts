import {
  planRoutes,
  type PlanSummary,
} from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf, prnOf, versionHrefOf } from '../identifiers';
import type { CurrentPlan, PlanHead, PlanService, PlanVersion } from '../plan';
import {
  implement,
  untilGone,
  type ImplementedRoute,
  type PageLinks,
} from './edge';

export function planApi(options: {
  plans: PlanService;
  links: PageLinks;
}): ImplementedRoute[] {
  const { plans, links } = options;
  return [
    implement(planRoutes.list, async request => {
      const page = await plans.list(request.query, request);
      return {
        status: 200,
        body: await links.page(request, page, serializePlan),
      };
    }),
    implement(planRoutes.read, async request => {
      const current = await plans.get(request.params.plan, request);
      return {
        status: 200,
        body: { ...serializePlan(current), result: current.plan.result },
      };
    }),
    implement(planRoutes.units, async request => {
      const { limit, offset, change, cause, repository } = request.query;
      const page = await plans.units(
        request.params.plan,
        { limit, offset, changes: change, causes: cause, repository },
        request,
      );
      return {
        status: 200,
        body: await links.page(request, page, unit => unit),
      };
    }),
    implement(planRoutes.missing, async request => {
      const page = await plans.missing(
        request.params.plan,
        request.query,
        request,
      );
      return {
        status: 200,
        body: await links.page(request, page, missing => missing),
      };
    }),
    implement(planRoutes.problem, async request => {
      const { plan } = request.params;
      const { credentials } = request;
      const content = await plans.problem(plan, {
        credentials,
        signal: untilGone(request),
      });
      return {
        status: 200,
        body: { fileName: `plan-${plan}.jsonl.gz`, content },
      };
    }),
    implement(planRoutes.apply, async request => {
      const { reason } = request.body;
      const task = await plans.apply(request.params.plan, { reason }, request);
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
  ];
}

function serializePlan({ plan, stale }: CurrentPlan<PlanHead>): PlanSummary {
  const { base, source, applied } = plan.versions;
  return {
    pulp_href: hrefOf('plan', plan.uuid),
    prn: prnOf('plan', plan.uuid),
    pulp_created: plan.createdAt,
    pulp_last_updated: plan.updatedAt,
    kind: 'copy',
    state: plan.state,
    created_by: plan.createdBy ?? null,
    reason: plan.reason ?? null,
    task: plan.taskUuid ? hrefOf('task', plan.taskUuid) : null,
    digest: plan.digest,
    expires_at: plan.expiresAt,
    inputs: plan.inputs,
    bases: base.flatMap(version =>
      version
        ? {
            repository: hrefOf('repository', version.repositoryUuid),
            version: hrefOfPlanVersion(version),
          }
        : [],
    ),
    sources: hrefsOf(source),
    applied_versions: hrefsOf(applied),
    stale: stale ?? null,
  };
}

function hrefsOf(versions: readonly (PlanVersion | undefined)[]): string[] {
  return versions.flatMap(version =>
    version ? hrefOfPlanVersion(version) : [],
  );
}

function hrefOfPlanVersion({ repositoryUuid, number }: PlanVersion): string {
  return versionHrefOf(repositoryUuid, number);
}
