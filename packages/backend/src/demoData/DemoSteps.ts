import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  advisoryRoutes,
  copyRoutes,
  distributionRoutes,
  packageGroupRoutes,
  packageRoutes,
  publicationRoutes,
  remoteRoutes,
  repositoryRoutes,
  RpmApiError,
  syncRoutes,
  waitForTask,
  type DistributionInput,
  type Repository,
  type RepositoryInput,
  type RpmClient,
} from '@rpmportal/backstage-plugin-rpm-common';
import { join } from 'path';
import { pathToFileURL } from 'url';

/** What the demo data loader is given. */
export interface DemoDataOptions {
  client: RpmClient;
  /** The folder of example repositories. */
  examples: string;
  logger: LoggerService;
  signal: AbortSignal;
}

/** A plugin that is starting answers 503, and before that nothing listens. */
const RETRY_MILLISECONDS = 500;

/**
 * The steps that demo data is made of, each ended before the next. What is there already is left as
 * it is, so that loading goes on where a portal was stopped.
 */
export class DemoSteps {
  readonly #client: RpmClient;
  readonly #examples: string;
  readonly #signal: AbortSignal;

  constructor(options: DemoDataOptions) {
    this.#client = options.client;
    this.#examples = options.examples;
    this.#signal = options.signal;
  }

  /** Waits for the API, and tells whether it has a distribution of this name. */
  async hasDistribution(name: string): Promise<boolean> {
    for (;;) {
      try {
        const { body } = await this.#client.call(distributionRoutes.list, {
          query: { name },
          signal: this.#signal,
        });
        return body.count > 0;
      } catch (error) {
        const final = error instanceof RpmApiError && error.status < 500;
        if (final || this.#signal.aborted) throw error;
        await new Promise(wake => setTimeout(wake, RETRY_MILLISECONDS));
      }
    }
  }

  /** @returns the remote's href */
  async remote(name: string, folder: string, entity: string): Promise<string> {
    const { body: found } = await this.#client.call(remoteRoutes.list, {
      query: { name },
    });
    if (found.results.length) return found.results[0].pulp_href;
    const url = pathToFileURL(join(this.#examples, folder)).toString();
    const { body } = await this.#client.call(remoteRoutes.create, {
      body: { name, url, entity, policy: 'immediate' },
    });
    return body.pulp_href;
  }

  async repository(input: RepositoryInput): Promise<Repository> {
    const { body: found } = await this.#client.call(repositoryRoutes.list, {
      query: { name: input.name },
    });
    if (found.results.length) return found.results[0];
    const { body } = await this.#client.call(repositoryRoutes.create, {
      body: input,
    });
    return body;
  }

  async sync(repository: Repository, remote: string): Promise<void> {
    const { body } = await this.#client.call(syncRoutes.sync, {
      href: repository.pulp_href,
      body: { remote },
    });
    await this.#done(body.task);
  }

  /** The packages of a name and version in a version of a repository. */
  async findPackages(
    repository: Repository,
    name: string,
    version: string,
  ): Promise<string[]> {
    const { body } = await this.#client.call(packageRoutes.list, {
      query: {
        name,
        version,
        repository_version: repository.pulp_href,
        fields: ['pulp_href'],
      },
    });
    return body.results.map(unit => unit.pulp_href);
  }

  /** The advisory of this id in the latest version of a repository. */
  async findAdvisory(repository: Repository, id: string): Promise<string[]> {
    const { body } = await this.#client.call(advisoryRoutes.list, {
      query: {
        id,
        repository_version: repository.pulp_href,
        fields: ['pulp_href'],
      },
    });
    return body.results.map(unit => unit.pulp_href);
  }

  /** The groups in the latest version of a repository. */
  async findGroups(repository: Repository): Promise<string[]> {
    const { body } = await this.#client.call(packageGroupRoutes.list, {
      query: {
        repository_version: repository.pulp_href,
        fields: ['pulp_href'],
      },
    });
    return body.results.map(unit => unit.pulp_href);
  }

  /** Copies units with what they need, from the latest version of a repository into another. */
  async copy(
    source: Repository,
    destination: Repository,
    content: string[],
    reason: string,
  ): Promise<void> {
    const { body: latest } = await this.#client.call(repositoryRoutes.read, {
      href: source.pulp_href,
    });
    const { body } = await this.#client.call(copyRoutes.copy, {
      body: {
        config: [
          {
            source_repo_version: latest.latest_version_href,
            dest_repo: destination.pulp_href,
            content,
          },
        ],
        reason,
      },
    });
    await this.#done(body.task);
  }

  /** Takes units out of a repository. */
  async remove(
    repository: Repository,
    content: string[],
    reason: string,
  ): Promise<void> {
    const { body } = await this.#client.call(repositoryRoutes.modify, {
      href: repository.pulp_href,
      body: { remove_content_units: content, reason },
    });
    await this.#done(body.task);
  }

  /** Publishes the latest version, unless that has been done. */
  async publish(
    repository: Repository,
    options: { checkpoint: boolean },
  ): Promise<void> {
    const { body: latest } = await this.#client.call(repositoryRoutes.read, {
      href: repository.pulp_href,
    });
    const { body: found } = await this.#client.call(publicationRoutes.list, {
      query: { repository_version: latest.latest_version_href },
    });
    if (found.count) return;
    const { body } = await this.#client.call(publicationRoutes.create, {
      body: { repository: repository.pulp_href, ...options },
    });
    await this.#done(body.task);
  }

  async distribute(input: DistributionInput): Promise<void> {
    if (await this.hasDistribution(input.name)) return;
    const { body } = await this.#client.call(distributionRoutes.create, {
      body: input,
    });
    await this.#done(body.task);
  }

  async #done(task: string): Promise<void> {
    await waitForTask(this.#client, task, { signal: this.#signal });
  }
}
