import { mockCredentials } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { createTestDatabases } from '../testing';
import { insertKnown } from './testing/fuzz/insertKnown';
import { requestsFor } from './testing/fuzz/requests';
import { RowCounts } from './testing/fuzz/rowCounts';
import { RawSender, type RawRequest } from './testing/fuzz/sendRaw';
import { findErrorFault } from './testing/errorFormat';
import { readReply } from './testing/replies';
import { startPulpCommand } from './testing/startPulpCommand';

/** Requests for each operation; the seed is fixed, so that a failure is seen again. */
const RUNS = Number(process.env.RPM_FUZZ_RUNS ?? 8);
const SEED = Number(process.env.RPM_FUZZ_SEED ?? 20261121);

jest.setTimeout(60_000 + RUNS * 20_000);

const databases = createTestDatabases();

/** Readers first, and what ends something last, for the others need it. */
function orderOf(id: string): number {
  if (/_(list|read|diff)$/.test(id)) return 0;
  if (/_(delete|purge|cleanup|prune_packages)$/.test(id)) return 3;
  return /_update$/.test(id) ? 2 : 1;
}

describe.each(databases.eachSupportedId())('any request on %p', databaseId => {
  it('is answered as declared, or refused in the wire format and writes nothing', async () => {
    const knex = await databases.init(databaseId);
    const { pulp, server, origin, stop } = await startPulpCommand(knex);
    const { client } = pulp;
    const known = await insertKnown(pulp, server);
    const counts = await RowCounts.of(knex);
    const sender = new RawSender(Number(new URL(origin).port));

    /** Sends a request and looks at everything that comes of it. */
    async function check(id: string, request: RawRequest): Promise<void> {
      const before = await counts.read();
      const { status, headers, text } = await sender.send({
        ...request,
        headers: {
          ...request.headers,
          authorization: mockCredentials.user.header(),
          'correlation-id': client.correlationId,
        },
      });
      if (status >= 400) {
        const fault = findErrorFault({ status, headers }, text);
        if (fault) throw new Error(fault);
        expect(await counts.read()).toEqual(before);
        return;
      }
      const body = await readReply(
        new Response(text || null, { status, headers }),
        {
          operation: client.api.operation(id),
          checker: client.api.checker,
          correlationId: client.correlationId,
          form: /[?&](fields|exclude_fields|minimal)=/.test(request.target)
            ? 'trimmed'
            : 'reply',
        },
      );
      if (status !== 202) return;
      const end = await (body.task
        ? client.completed(body.task)
        : client.completedGroup(body.task_group)
      ).catch(error => error.task ?? Promise.reject(error));
      const said: string | undefined = end.error?.description;
      if (said?.includes('PLP0000')) throw new Error(said);
    }

    const reports: string[] = [];
    const ids = [...client.api.operationIds].sort(
      (a, b) => orderOf(a) - orderOf(b),
    );
    for (const [index, id] of ids.entries()) {
      const requests = requestsFor(client.api.operation(id), client.api, known);
      const result = await fc.check(
        fc.asyncProperty(requests, request => check(id, request)),
        { numRuns: RUNS, seed: SEED + index, endOnFailure: true },
      );
      if (result.failed) {
        const [request] = result.counterexample!;
        reports.push(
          `${id}: ${JSON.stringify(request)}: ${result.errorInstance}`,
        );
      }
    }
    sender.stop();
    await stop();
    expect(reports).toEqual([]);
  });
});
