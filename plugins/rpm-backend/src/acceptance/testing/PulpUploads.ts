import { createHash } from 'crypto';
import type { PulpCommand } from './PulpCommand';

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** How a file is sent: whole, unless it is longer than a piece. */
export interface SentContent {
  file: Uint8Array;
  chunkSize?: number;
}

/** The subcommands of `pulp` that send files. */
export class PulpUploads {
  readonly #pulp: PulpCommand;

  constructor(pulp: PulpCommand) {
    this.#pulp = pulp;
  }

  /** `rpm content -t package upload --file` */
  async package(options: SentContent & { repository?: string }): Promise<any> {
    const { client } = this.#pulp;
    const source = await this.#source(options);
    if (options.repository === undefined) {
      return client.call('content_rpm_packages_upload', { body: source });
    }
    const { pulp_href: repository } = await this.#pulp.repository(
      options.repository,
    );
    const task = await client.run('content_rpm_packages_create', {
      body: { ...source, repository },
    });
    return this.#created(task, 'content/rpm/packages', 'rpm_packages');
  }

  /**
   * `rpm content -t package upload --directory --use-temp-repository`: into a repository of its own,
   * from where all packages are copied at once.
   */
  async directory(options: {
    files: readonly Uint8Array[];
    repository: string;
    publish?: boolean;
  }): Promise<any> {
    const { client } = this.#pulp;
    const target = await this.#pulp.repository(options.repository);
    const temporary = await client.call('repositories_rpm_rpm_create', {
      body: { name: 'uploadTmp', retain_repo_versions: 1 },
    });
    for (const file of options.files) {
      await this.package({ file, repository: temporary.name });
    }
    const { latest_version_href: source } = await this.#pulp.repository(
      temporary.name,
    );
    await client.run('rpm_copy_content', {
      body: {
        config: [{ source_repo_version: source, dest_repo: target.pulp_href }],
        dependency_solving: false,
      },
    });
    await this.#pulp.destroy('repositories_rpm_rpm', temporary.name);
    return options.publish
      ? this.#pulp.create('publications_rpm_rpm', {
          repository: target.pulp_href,
        })
      : this.#pulp.repository(options.repository);
  }

  /** `rpm content -t advisory upload --file` */
  async advisory(options: SentContent & { repository?: string }): Promise<any> {
    const repository =
      options.repository && (await this.#pulp.repository(options.repository));
    const task = await this.#pulp.client.run('content_rpm_advisories_create', {
      body: {
        ...(await this.#source(options)),
        ...(repository && { repository: repository.pulp_href }),
      },
    });
    return this.#created(task, 'content/rpm/advisories', 'rpm_advisories');
  }

  /** `rpm comps-upload` */
  async comps(options: {
    file: Uint8Array;
    repository?: string;
    replace?: boolean;
  }): Promise<any> {
    const repository =
      options.repository && (await this.#pulp.repository(options.repository));
    return this.#pulp.client.run('rpm_comps_upload', {
      body: {
        file: new Blob([options.file]),
        replace: options.replace ?? false,
        ...(repository && { repository: repository.pulp_href }),
      },
    });
  }

  /** `artifact upload`: a file that is there already is not sent again. */
  async artifact(options: SentContent): Promise<any> {
    const { client } = this.#pulp;
    const digest = sha256(options.file);
    const [known] = await this.#pulp.list('artifacts_list', {
      query: { sha256: digest },
    });
    if (known) return known;
    const source = await this.#source(options);
    if ('file' in source) {
      return client.call('artifacts_create', {
        body: { ...source, sha256: digest },
      });
    }
    const task = await client.run('uploads_commit', {
      href: source.upload,
      body: { sha256: digest },
    });
    const [href] = task.created_resources;
    return client.call('artifacts_read', { href });
  }

  /** The file, or the upload that its pieces have been sent to. */
  async #source({
    file,
    chunkSize = Infinity,
  }: SentContent): Promise<{ file: Blob } | { upload: string }> {
    if (file.length <= chunkSize) return { file: new Blob([file]) };
    const { client } = this.#pulp;
    const size = file.length;
    const { pulp_href: href } = await client.call('uploads_create', {
      body: { size },
    });
    for (let start = 0; start < size; start += chunkSize) {
      const chunk = file.subarray(start, start + chunkSize);
      const end = start + chunk.length - 1;
      await client.call('uploads_update', {
        href,
        headers: { 'Content-Range': `bytes ${start}-${end}/${size}` },
        body: { sha256: sha256(chunk), file: new Blob([chunk]) },
      });
    }
    return { upload: href };
  }

  /** The unit that a task has made: it is looked for by the form of its href. */
  async #created(task: any, path: string, prefix: string): Promise<any> {
    const resource =
      task.result?.pulp_href ??
      task.created_resources.find((href: string) => href.includes(path));
    return this.#pulp.client.call(`content_${prefix}_read`, { href: resource });
  }
}
