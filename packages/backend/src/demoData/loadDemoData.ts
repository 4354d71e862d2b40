import { DemoSteps, type DemoDataOptions } from './DemoSteps';

const WEBSHOP = 'component:default/webshop';
const PLATFORM_TEAM = 'group:default/platform';
/** What is made last: when it is there, so is the rest. */
const LAST = 'platform-base';

/**
 * Loads the demo data into a portal that has none: the shop team's component with a repository for
 * development, synced from upstream twice, one for production, into which packages were copied with
 * what they need and which has a checkpoint of each state, and one for tests, which waits for a copy;
 * and a repository of the platform team, in which the shop team can change nothing.
 *
 * Copying `webshop` 2.0 from development to the tests shows all that a preview can say: it brings what
 * it needs, the repository keeps the newest versions only, and something was withdrawn that is needed.
 */
export async function loadDemoData(options: DemoDataOptions): Promise<void> {
  const steps = new DemoSteps(options);
  if (await steps.hasDistribution(LAST)) return;
  options.logger.info('Loading the demo data');

  const spring = await steps.remote(
    'webshop-upstream-spring',
    'repo-1',
    WEBSHOP,
  );
  const summer = await steps.remote(
    'webshop-upstream-summer',
    'repo-2',
    WEBSHOP,
  );
  const development = await steps.repository({
    name: 'webshop-development',
    description: 'Everything that upstream has released',
    entity: WEBSHOP,
    remote: summer,
    autopublish: true,
  });
  const testing = await steps.repository({
    name: 'webshop-testing',
    description:
      'What is tried before it goes to production; newest versions only',
    entity: WEBSHOP,
    retain_package_versions: 1,
  });
  const production = await steps.repository({
    name: 'webshop-production',
    description: 'What the shop runs',
    entity: WEBSHOP,
  });
  const platform = await steps.repository({
    name: 'platform-base',
    description: 'What every machine has',
    owner: PLATFORM_TEAM,
  });

  await steps.sync(development, spring);
  await steps.copy(
    development,
    production,
    [
      ...(await steps.findPackages(development, 'webshop', '1.1')),
      ...(await steps.findGroups(development)),
    ],
    'First release of the shop',
  );
  await steps.publish(production, { checkpoint: true });
  await steps.copy(
    development,
    testing,
    await steps.findPackages(development, 'webshop', '1.1'),
    'Tests of the first release',
  );

  await steps.sync(development, summer);
  await steps.copy(
    development,
    production,
    await steps.findAdvisory(development, 'DEMO-SA-2026:0001'),
    'Security fix of libcart',
  );
  await steps.publish(production, { checkpoint: true });
  await steps.copy(
    development,
    production,
    [
      ...(await steps.findPackages(development, 'webshop', '2.0')),
      ...(await steps.findPackages(development, 'campaign-summer', '2026')),
    ],
    'Summer campaign',
  );
  await steps.publish(production, { checkpoint: false });

  await steps.copy(
    development,
    platform,
    await steps.findPackages(development, 'money-rates', '2026.06'),
    'Rates for all machines',
  );
  await steps.publish(platform, { checkpoint: false });
  await steps.remove(
    development,
    await steps.findPackages(development, 'money-rates', '2026.06'),
    'Withdrawn: the rates of June are wrong',
  );

  await steps.distribute({
    name: 'webshop-development',
    base_path: 'webshop/development',
    repository: development.pulp_href,
    generate_repo_config: true,
  });
  await steps.distribute({
    name: 'webshop-production',
    base_path: 'webshop/production',
    repository: production.pulp_href,
    generate_repo_config: true,
  });
  await steps.distribute({
    name: 'webshop-production-checkpoints',
    base_path: 'webshop/production-checkpoints',
    repository: production.pulp_href,
    checkpoint: true,
    generate_repo_config: true,
  });
  await steps.distribute({
    name: LAST,
    base_path: 'platform/base',
    repository: platform.pulp_href,
    generate_repo_config: true,
  });
  options.logger.info('The demo data is loaded');
}
