import { ServiceUnavailableError } from '@backstage/errors';
import type { BrokenPackage } from '@rpmportal/rpm-solver';
import type { Knex } from 'knex';
import { promisify } from 'util';
import { gunzip } from 'zlib';
import { unitHrefs } from '../database/operations/content-units';
import * as operations from '../database/operations/installability';
import { currentTimestamp, fromTimestamp, toTimestamp } from '../database/time';
import type { VersionRecord } from '../repository';
import {
  getVersion,
  requireVersion,
  versionNotFound,
} from '../repository/references';
import type { PackedReport, SolverService } from '../solving';
import { JointWork } from './JointWork';
import type {
  BrokenUnit,
  InstallabilityOptions,
  InstallabilityPage,
  InstallabilityQuery,
  InstallabilityService,
} from './types';

const decompress = promisify(gunzip);

/** Bytes that all kept reports may take: thousands of usual ones, ten that find 30,000 packages broken. */
const ROOM = 64 * 1024 ** 2;

/** A report that takes longer keeps a thread from others, perhaps forever: there are such repositories. */
const PATIENCE_MILLISECONDS = 10 * 60_000;

/** Reports of other rules than these are not found again. */
const RULES = 1;

const TOO_LONG =
  'The report takes longer than it may; name fewer contexts or architectures.';

/** By how much the clocks of replicas may differ. */
const CLOCK_SKEW = { minutes: 1 };

/** A report as it is stored, or as it was just computed. */
interface Report extends Omit<operations.StoredReport, 'id'> {
  readParts(page: {
    limit: number;
    offset: number;
  }): Promise<{ first: number; content: Uint8Array }[]>;
}

/**
 * Computes reports in a worker thread and keeps them: versions do not change, and who pages through a
 * report pays for it once.
 */
export class DefaultInstallabilityService implements InstallabilityService {
  readonly #knex: Knex;
  readonly #solver: SolverService;
  readonly #room: number;
  readonly #patience: number;
  readonly #computing = new JointWork<Report>();

  /**
   * @param options - `room`: bytes that all kept reports may take; `patience`: milliseconds after which
   * one is given up
   */
  constructor(options: {
    knex: Knex;
    solver: SolverService;
    room?: number;
    patience?: number;
  }) {
    this.#knex = options.knex;
    this.#solver = options.solver;
    this.#room = options.room ?? ROOM;
    this.#patience = options.patience ?? PATIENCE_MILLISECONDS;
  }

  async report(
    repositoryUuid: string,
    number: number,
    { architectures, ...query }: InstallabilityQuery,
    options: Pick<InstallabilityOptions, 'signal' | 'mayRead'>,
  ): Promise<InstallabilityPage> {
    const version = await getVersion(this.#knex, repositoryUuid, number);
    const contexts = await this.#contexts(version, query.contexts, options);
    const machines = [...new Set(architectures)].sort();
    const question = JSON.stringify([
      RULES,
      contexts.map(({ id }) => id),
      machines,
    ]);
    const report =
      (await this.#find([version, ...contexts], question)) ??
      (await this.#computing.run(
        `${version.id} ${question}`,
        options.signal,
        signal => this.#compute(signal, version, contexts, machines, question),
      ));
    return {
      version,
      contexts,
      architectures: report.architectures,
      packageCount: report.packageCount,
      brokenCount: report.brokenCount,
      count: report.rowCount,
      rows: await this.#page(report, query),
    };
  }

  async #contexts(
    version: VersionRecord,
    references: readonly string[],
    { mayRead = async () => true }: Pick<InstallabilityOptions, 'mayRead'>,
  ): Promise<VersionRecord[]> {
    const contexts = new Map<number, VersionRecord>();
    for (const reference of references) {
      const context = await requireVersion(this.#knex, 'context', reference);
      const { repositoryUuid } = context;
      const isReadable =
        repositoryUuid === version.repositoryUuid ||
        (await mayRead(repositoryUuid));
      if (!isReadable) throw versionNotFound('context', reference);
      contexts.set(context.id, context);
    }
    contexts.delete(version.id);
    return [...contexts.values()].sort((a, b) => a.id - b.id);
  }

  async #find(
    versions: readonly [VersionRecord, ...VersionRecord[]],
    question: string,
  ): Promise<Report | undefined> {
    const [{ id }] = versions;
    const stored = await operations.findReport(this.#knex, id, question);
    if (!stored) return undefined;
    const since = fromTimestamp(stored.computedAt).minus(CLOCK_SKEW);
    return (await operations.isCorrected(
      this.#knex,
      versions,
      toTimestamp(since),
    ))
      ? undefined
      : {
          ...stored,
          readParts: page =>
            operations.readReportParts(this.#knex, stored.id, page),
        };
  }

  async #compute(
    signal: AbortSignal,
    version: VersionRecord,
    contexts: readonly VersionRecord[],
    machines: readonly string[],
    question: string,
  ): Promise<Report> {
    const computedAt = currentTimestamp();
    const timeout = AbortSignal.timeout(this.#patience);
    const { parts, ...summary } = await this.#solver
      .reportInstallability(
        AbortSignal.any([signal, timeout]),
        version,
        contexts,
        machines,
      )
      .catch(error => {
        throw timeout.aborted && !signal.aborted
          ? new ServiceUnavailableError(TOO_LONG)
          : error;
      });
    // Of a version that was deleted meanwhile, nobody knows how much was read.
    for (const { repositoryUuid, number } of [version, ...contexts]) {
      await getVersion(this.#knex, repositoryUuid, number);
    }
    const rowCount = parts.reduce((sum, { count }) => sum + count, 0);
    const report = { ...summary, computedAt, rowCount };
    await this.#knex.transaction(trx =>
      operations.saveReport(
        trx,
        { ...report, versionId: version.id, question, parts },
        this.#room,
      ),
    );
    return { ...report, readParts: async page => partsOf(parts, page) };
  }

  async #page(
    report: Report,
    page: { limit: number; offset: number },
  ): Promise<BrokenUnit[]> {
    const { offset, limit } = page;
    const rows: BrokenPackage[] = [];
    for (const { first, content } of await report.readParts(page)) {
      const all = JSON.parse((await decompress(content)).toString());
      const from = Math.max(0, offset - first);
      rows.push(...all.slice(from, Math.max(0, offset + limit - first)));
    }
    const hrefs = await unitHrefs(
      this.#knex,
      rows.map(({ unit }) => unit),
    );
    return rows.map(({ unit, ...rest }) => ({
      ...rest,
      href: hrefs.get(unit),
    }));
  }
}

/** The parts with some of the rows. */
function partsOf(
  parts: PackedReport['parts'],
  { limit, offset }: { limit: number; offset: number },
): { first: number; content: Uint8Array }[] {
  let next = 0;
  return parts.flatMap(({ count, content }) => {
    const first = next;
    next += count;
    return first < offset + limit && next > offset ? [{ first, content }] : [];
  });
}
