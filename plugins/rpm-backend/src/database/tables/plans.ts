import type { DbEntityRow } from './columns';

/** What a copy comes to, to be read and applied later. */
export interface DbPlanRow extends DbEntityRow {
  kind: string;
  state: string;
  created_by: string | null;
  reason: string | null;
  task_id: number | null;
  digest: string;
  expires_at: string;
  inputs_json: string;
  result_json: string;
  /** Why it may never be applied. */
  refusal: string | null;
}

/** A version that a plan is about, by what it is to the plan. It may be deleted since. */
export interface DbPlanVersionRow {
  plan_id: number;
  role: string;
  position: number;
  repository_id: number;
  repository_uuid: string;
  version_id: number;
  number: number;
}

/** A piece of a long list of a plan: gzipped JSON of as many items as `count` says. */
export interface DbPlanPartRow {
  plan_id: number;
  position: number;
  list: string;
  /** Position of the destination among the plan's bases, of lists that are about one. */
  destination: number | null;
  change: string | null;
  cause: string | null;
  count: number;
  content: Buffer;
}
