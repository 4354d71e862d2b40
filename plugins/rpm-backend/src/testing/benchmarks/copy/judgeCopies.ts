import type { PeerFigures } from './Libsolv';
import type { ApiFigures } from './measureApi';
import { BUDGET, type PlanFigures } from './measurePlans';
import type { ProfileSummary } from './summarizeProfiles';

const BOUNDS = {
  /** Above a replica that has done nothing yet. */
  memoryMB: 400,
  apiP99: 250,
  longestPause: 50,
};

/** All that was measured on one engine. */
export interface EngineFigures {
  engine: string;
  /** Of a replica that has done nothing yet. */
  idleMemoryMB: number;
  plans: PlanFigures[];
  api: ApiFigures[];
  /** By world: of the main thread, from its start on through plans for a hundred units. */
  mainThread: Record<string, ProfileSummary>;
}

/** @returns what does not hold, one sentence each */
export function judgeCopies(
  results: readonly EngineFigures[],
  peer: Record<string, PeerFigures[]>,
): string[] {
  return results.flatMap(result => [
    ...result.plans.flatMap(plan =>
      judgePlan(
        result,
        plan,
        peer[plan.world]?.find(({ units }) => units === plan.units),
      ),
    ),
    ...result.api.flatMap(api => judgeApi(result.engine, api)),
  ]);
}

function judgePlan(
  { engine, idleMemoryMB }: EngineFigures,
  plan: PlanFigures,
  peer: PeerFigures | undefined,
): string[] {
  const { coldFromTables, coldFromFiles, warm, peakMemoryMB } = plan;
  const place = `${plan.units} units (${plan.world}, ${engine})`;
  const grown = Math.max(...Object.values(peakMemoryMB)) - idleMemoryMB;
  const tooLong = (what: string, took: number, allowed: number) =>
    took > allowed && `${what} ${place} takes ${took} ms, not ${allowed}`;
  const budgeted = plan.units <= BUDGET.units && [
    tooLong('A first plan for', coldFromTables, BUDGET.tables),
    tooLong('After a restart, one for', coldFromFiles, BUDGET.files),
    tooLong('A warm plan for', warm.median, BUDGET.warm),
  ];
  return [
    ...(budgeted || []),
    peer &&
      tooLong('Unlike libsolv, a first plan for', coldFromTables, peer.cold),
    peer &&
      tooLong('Unlike libsolv, a warm plan for', warm.median, peer.warm.median),
    grown > BOUNDS.memoryMB && `${place} take ${grown} MB of memory`,
    plan.longestPause > BOUNDS.longestPause &&
      `${place} pause the backend for ${plan.longestPause} ms`,
  ].filter(text => typeof text === 'string');
}

function judgeApi(engine: string, api: ApiFigures): string[] {
  const place = `while all of ${api.world} is planned (${engine})`;
  return [
    api.p99 > BOUNDS.apiP99 && `The API's p99 is ${api.p99} ms ${place}`,
    !api.planCompleted && `The task is cancelled ${place}`,
  ].filter(text => typeof text === 'string');
}
