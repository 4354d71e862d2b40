import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { sweepPlans } from '../plan';
import { PlanTester } from '../plan/testing/PlanTester';
import { createTestDatabases } from '../testing';

jest.setTimeout(120_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('plans on %p', databaseId => {
  const audit = mockServices.auditor.mock({
    createEvent: jest.fn(async () => ({
      success: async () => {},
      fail: async () => {},
    })),
  });
  let knex: Knex;
  let tester: PlanTester;
  let source: string;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    tester = await PlanTester.start(knex, { features: [audit.factory] });
    source = await tester.repository('app lib base tool old new');
  });
  afterAll(() => tester.stop());

  const labels = (units: any[]) => units.map(({ label }) => label).sort();
  const refused = async (plan: any) => {
    const { status, body } = await tester.rpm.post(`${plan.pulp_href}apply/`);
    return { status, detail: body.detail };
  };

  describe('of a dry run', () => {
    it('are all that it writes', async () => {
      const destination = await tester.repository('old');
      const before = await tester.rpm.get(destination);
      const task = await tester.rpm.completed(
        await tester.copy(source, destination, 'app', { dry_run: true }),
      );
      expect(task.created_resources).toEqual([]);
      expect((await tester.rpm.get(destination)).body).toEqual(before.body);
      expect(await tester.driver.numbers(destination)).toEqual([0, 1]);
    });

    it('tell what would be, and why', async () => {
      const destination = await tester.repository('old', {
        retain_package_versions: 1,
      });
      const plan = await tester.plan(source, destination, 'lib new', {
        reason: 'to see',
      });
      expect(plan).toMatchObject({
        kind: 'copy',
        state: 'planned',
        created_by: 'user:default/mock',
        reason: 'to see',
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        bases: [
          { repository: destination, version: `${destination}versions/1/` },
        ],
        sources: [`${source}versions/1/`],
        applied_versions: [],
        stale: null,
        inputs: {
          config: [{ dest_repo: destination, content_count: 2 }],
          dependency_solving: true,
          on_missing: 'warn',
        },
      });
      expect(plan.prn).toMatch(/^prn:rpm\.plan:/);
      const { result } = plan;
      expect(result).toMatchObject({
        dry_run: true,
        outcome: 'created',
        plan: plan.pulp_href,
        counts: { requested: 2, dependencies: 1, missing: 0, allowed: 0 },
        destinations: [
          {
            repository: destination,
            dry_run: true,
            version: `${destination}versions/1/`,
            counts: { added: { 'rpm.package': 3 } },
            removed: [
              {
                label: 'twin-1-1.noarch',
                reason: 'retention',
                because_of: { label: 'twin-2-1.noarch' },
              },
            ],
          },
        ],
      });
      expect(result.units[0]).toMatchObject({
        label: 'base-1.0-1.noarch',
        cause: 'dependency',
        chain: 'requested lib-1.0-1.noarch → requires base → base-1.0-1.noarch',
      });
      expect((await tester.rpm.get(plan.task)).body.result).toEqual(result);
    });

    it('make exactly what they say', async () => {
      const destination = await tester.repository('old', {
        retain_package_versions: 1,
      });
      const plan = await tester.plan(source, destination, 'app new');
      const task = await tester.apply(plan, { reason: 'looked at it' });
      expect(task).toMatchObject({
        name: 'rpm.plan.apply',
        created_resources: [`${destination}versions/2/`],
        result: {
          outcome: 'created',
          plan: plan.pulp_href,
          units: plan.result.units,
          missing: plan.result.missing,
          counts: plan.result.counts,
          destinations: [
            {
              repository: destination,
              version: `${destination}versions/2/`,
              counts: plan.result.destinations[0].counts,
            },
          ],
        },
      });
      expect(task.result).not.toHaveProperty('dry_run');
      const { body: diff } = await tester.rpm.get(
        `${destination}versions/2/diff/?from=${destination}versions/1/`,
      );
      const [preview] = plan.result.destinations;
      const side = (name: 'from' | 'to') =>
        labels(diff.results.flatMap((entry: any) => entry[name] ?? []));
      expect(side('to')).toEqual(labels(preview.added));
      expect(side('from')).toEqual(labels(preview.removed));

      const { body: after } = await tester.rpm.get(plan.pulp_href);
      expect(after).toMatchObject({
        state: 'applied',
        applied_versions: [`${destination}versions/2/`],
        stale: 'The plan has been applied already.',
      });
      const { body: version } = await tester.rpm.get(
        `${destination}versions/2/`,
      );
      expect(version).toMatchObject({
        reason: 'looked at it',
        inputs: {
          operation: 'copy',
          plan: plan.pulp_href,
          plan_digest: plan.digest,
          config: plan.inputs.config,
        },
      });
    });

    it('can come to nothing', async () => {
      const destination = await tester.repository('lib base');
      const plan = await tester.plan(source, destination, 'lib');
      expect(plan.result.outcome).toBe('unchanged');
      const task = await tester.apply(plan);
      expect(task.result).toMatchObject({ outcome: 'unchanged' });
      expect(await tester.driver.numbers(destination)).toEqual([0, 1]);
    });

    it('start from the base version that was named', async () => {
      const destination = await tester.repository('old');
      await tester.driver.change(destination, { add: 'tool', remove: 'old' });
      const reply = await tester.rpm.post('rpm/copy/', {
        config: [
          {
            source_repo_version: `${source}versions/1/`,
            dest_repo: destination,
            dest_base_version: 1,
            content: [tester.driver.units.base],
          },
        ],
        dry_run: true,
      });
      const { result } = await tester.rpm.completed(reply);
      await tester.apply({ pulp_href: result.plan });
      expect(await tester.content(destination)).toBe('base old');
    });

    it('survive a restart', async () => {
      const destination = await tester.repository();
      const plan = await tester.plan(source, destination, 'lib');
      const other = await PlanTester.start(knex);
      try {
        await other.apply(plan);
        expect(await tester.content(destination)).toBe('base lib');
      } finally {
        await other.stop();
      }
    });
  });

  it('are made of copies that are carried out at once, too', async () => {
    const destination = await tester.repository();
    const task = await tester.rpm.completed(
      await tester.copy(source, destination, 'lib'),
    );
    const { body: plan } = await tester.rpm.get(task.result.plan);
    expect(plan).toMatchObject({
      state: 'applied',
      task: task.pulp_href,
      applied_versions: [`${destination}versions/1/`],
      result: task.result,
    });
    const { body: version } = await tester.rpm.get(`${destination}versions/1/`);
    expect(version.inputs).toMatchObject({
      plan: plan.pulp_href,
      plan_digest: plan.digest,
    });
    const { body: units } = await tester.rpm.get(`${plan.pulp_href}units/`);
    expect(labels(units.results)).toEqual([
      'base-1.0-1.noarch',
      'lib-1.0-1.noarch',
    ]);
  });

  it('are named in the audit log with their digests', async () => {
    const destination = await tester.repository();
    const plan = await tester.plan(source, destination, 'lib');
    await tester.apply(plan);
    expect(audit.createEvent).toHaveBeenLastCalledWith({
      eventId: 'plan-apply',
      severityLevel: 'medium',
      meta: {
        plan: plan.pulp_href.split('/').at(-2),
        digest: plan.digest,
        caller: 'user:default/mock',
        repositories: [destination.split('/').at(-2)],
      },
    });
  });

  it('are listed, and found by what they are about', async () => {
    const destination = await tester.repository();
    const first = await tester.plan(source, destination, 'base');
    const second = await tester.plan(source, destination, 'lib');
    await tester.apply(second);
    const list = async (query: string) =>
      (await tester.rpm.get(`rpm/plans/?${query}`)).body.results.map(
        ({ pulp_href: href }: any) => href,
      );
    const about = `repository=${destination}`;
    expect(await list(about)).toEqual([second.pulp_href, first.pulp_href]);
    expect(await list(`${about}&state=applied`)).toEqual([second.pulp_href]);
    expect(await list(`task=${first.task}`)).toEqual([first.pulp_href]);
    expect(await list(`${about}&ordering=pulp_created`)).toEqual([
      first.pulp_href,
      second.pulp_href,
    ]);
    expect(await list(`repository=${source}`)).toEqual([]);
    const { body } = await tester.rpm.get(`rpm/plans/?${about}`);
    expect(body.results[1]).toEqual(
      expect.objectContaining({
        stale: expect.stringMatching(/has changed since/),
      }),
    );
    expect(body.results[0]).not.toHaveProperty('result');
  });

  describe('cannot be applied', () => {
    it('when a destination has changed', async () => {
      const destination = await tester.repository();
      const plan = await tester.plan(source, destination, 'lib');
      await tester.driver.change(destination, { add: 'tool' });
      const { name } = (await tester.rpm.get(destination)).body;
      expect(await refused(plan)).toEqual({
        status: 409,
        detail: `Repository '${name}' has changed since: the plan was made for its version 0, and its latest one is 1.`,
      });
      expect(await tester.content(destination)).toBe('tool');
    });

    it('twice', async () => {
      const plan = await tester.plan(source, await tester.repository(), 'lib');
      await tester.apply(plan);
      expect(await refused(plan)).toEqual({
        status: 409,
        detail: 'The plan has been applied already.',
      });
    });

    it('when a version that it copies from is deleted', async () => {
      const own = await tester.repository('lib base');
      const destination = await tester.repository();
      const plan = await tester.plan(own, destination, 'lib');
      await tester.driver.change(own, { add: 'tool' });
      await tester.rpm.completed(await tester.rpm.delete(`${own}versions/1/`));
      const { name } = (await tester.rpm.get(own)).body;
      expect(await refused(plan)).toEqual({
        status: 409,
        detail: `Version 1 of repository '${name}', which the plan copies from, does not exist any more.`,
      });
    });

    it('when its time is over; then it is deleted', async () => {
      const destination = await tester.repository();
      const plan = await tester.plan(source, destination, 'lib');
      await knex('plan')
        .where({ uuid: plan.pulp_href.split('/').at(-2) })
        .update({ expires_at: '2020-01-01T00:00:00.000000Z' });
      expect(await refused(plan)).toEqual({
        status: 409,
        detail: 'The plan has expired.',
      });
      await sweepPlans(knex);
      expect((await tester.rpm.get(plan.pulp_href)).status).toBe(404);
      expect(await tester.driver.numbers(destination)).toEqual([0]);
    });

    it('when the destination would make something else of it', async () => {
      const destination = await tester.repository('old');
      const plan = await tester.plan(source, destination, 'new');
      await tester.rpm.completed(
        await tester.rpm.patch(destination, { retain_package_versions: 1 }),
      );
      const task = await tester.rpm.finished(
        await tester.rpm.post(`${plan.pulp_href}apply/`),
      );
      expect(task.state).toBe('failed');
      expect(task.error.description).toBe(
        '[RPM0012] The settings or the content of a destination would make something else of the plan than what it says.',
      );
      expect(await tester.content(destination)).toBe('old');
    });

    it('by more than one of those who try at once', async () => {
      const destination = await tester.repository();
      const plan = await tester.plan(source, destination, 'lib');
      const replies = await Promise.all(
        Array.from({ length: 4 }, () =>
          tester.rpm.post(`${plan.pulp_href}apply/`),
        ),
      );
      const states = await Promise.all(
        replies.map(async reply =>
          reply.status === 202
            ? (
                await tester.rpm.finished(reply)
              ).state
            : reply.status,
        ),
      );
      expect(states.filter(state => state === 'completed')).toHaveLength(1);
      expect(await tester.driver.numbers(destination)).toEqual([0, 1]);
    });
  });

  it('that are not there are not found', async () => {
    const href = 'rpm/plans/019bf000-0000-7000-8000-000000000001/';
    for (const path of ['', 'units/', 'missing/', 'problem/']) {
      expect((await tester.rpm.get(`${href}${path}`)).status).toBe(404);
    }
    expect((await tester.rpm.post(`${href}apply/`)).status).toBe(404);
  });
});
