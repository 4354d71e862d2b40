import { renderRepoConfig } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import { parseStamp, resolveCheckpoint } from '../checkpoint';
import {
  findDistributionByPath,
  listShownBasePaths,
} from '../database/operations/distributions';
import * as publications from '../database/operations/publications';
import type { DistributionRecord } from '../distribution';
import type { PublicationRecord } from '../publish';
import { PublicationTree } from './PublicationTree';
import { recentlyReplaced } from './recentlyReplaced';
import { encodePath, type RequestPath } from './requestPath';
import { NOTHING_HERE, type Content } from './types';

const REPO_CONFIG = 'config.repo';
const KEY = 'repodata/repomd.xml.key';

/** As many publications are looked through for a file that has just been replaced. */
const MOST_REPLACED = 20;

/** A publication under the path that it is served at. */
interface Served {
  distribution: DistributionRecord;
  publication: PublicationRecord;
  /** Where the publication's root is. */
  base: readonly string[];
}

function missing(reason: string): Content {
  return { kind: 'missing', reason };
}

function withSlash({ parts }: RequestPath): Content {
  const to = { parts, isFolder: true };
  return { kind: 'redirect', to, isPermanent: true };
}

/** Finds what a path below the content root leads to, at this moment. */
export class ContentResolver {
  readonly #knex: Knex;
  readonly #origin: string;

  /** @param options - `contentOrigin` is where clients reach the content: scheme, host and port */
  constructor(options: { knex: Knex; contentOrigin: string }) {
    this.#knex = options.knex;
    this.#origin = options.contentOrigin;
  }

  async resolve(path: RequestPath): Promise<Content> {
    const { parts, isFolder } = path;
    if (!parts.length) {
      return isFolder ? this.#listDistributions() : withSlash(path);
    }
    const distribution = await findDistributionByPath(
      this.#knex,
      parts.join('/'),
    );
    if (!distribution) return missing('No distribution has this path.');
    const base = distribution.basePath.split('/');
    if (parts.length === base.length && !isFolder) return withSlash(path);
    if (distribution.checkpoint) {
      return this.#resolveCheckpoint(distribution, base, path);
    }
    const publication = await this.#publicationOf(distribution);
    if (!publication) {
      return missing(
        distribution.servedRepositoryUuid
          ? 'Nothing has been published here yet.'
          : 'Distribution is not pointing to a publication, repository, repository version, or remote.',
      );
    }
    return this.#resolveFile({ distribution, publication, base }, path);
  }

  async #listDistributions(): Promise<Content> {
    const basePaths = await listShownBasePaths(this.#knex);
    const entries = basePaths.map(name => ({ name, isFolder: true }));
    return { kind: 'folder', entries };
  }

  /** The publication that a distribution serves now; newest first, where it leaves a choice. */
  async #publicationOf(
    distribution: DistributionRecord,
  ): Promise<PublicationRecord | undefined> {
    const { publicationId, versionId, repositoryId } = distribution;
    if (publicationId !== undefined) {
      return publications.readPublicationById(this.#knex, publicationId);
    }
    if (versionId !== undefined) {
      return publications.readPublicationOfVersion(this.#knex, versionId);
    }
    if (repositoryId !== undefined) {
      return publications.readPublicationOfRepository(this.#knex, repositoryId);
    }
    return undefined;
  }

  /** Below a stamp there is one publication and nothing else, ever. */
  async #resolveCheckpoint(
    distribution: DistributionRecord,
    base: readonly string[],
    path: RequestPath,
  ): Promise<Content> {
    const [text, ...rest] = path.parts.slice(base.length);
    const { repositoryId } = distribution;
    if (repositoryId === undefined) {
      return missing('The repository of this distribution was deleted.');
    }
    if (text === undefined) return this.#listCheckpoints(repositoryId);

    const publication = parseStamp(text)
      ? await publications.readCheckpointAt(this.#knex, repositoryId, text)
      : undefined;
    const found = resolveCheckpoint(
      text,
      publication?.checkpointStamp ? [publication.checkpointStamp] : [],
      DateTime.utc(),
    );
    if (found.kind === 'none') return missing(found.reason);
    if (!rest.length && !path.isFolder) return withSlash(path);
    if (found.kind === 'moving') {
      const parts = [...base, found.stamp, ...rest];
      const to = { parts, isFolder: path.isFolder };
      return { kind: 'redirect', to, isPermanent: false };
    }
    return this.#resolveFile(
      // Its stamp is the one that was found.
      { distribution, publication: publication!, base: [...base, text] },
      path,
    );
  }

  async #listCheckpoints(repositoryId: number): Promise<Content> {
    const stamps = await publications.listCheckpointStamps(
      this.#knex,
      repositoryId,
    );
    const entries = stamps.map(name => ({
      name,
      isFolder: true,
      date: parseStamp(name),
    }));
    return { kind: 'folder', entries };
  }

  async #resolveFile(served: Served, path: RequestPath): Promise<Content> {
    const { distribution, publication, base } = served;
    const tree = new PublicationTree({ knex: this.#knex, publication });
    const relative = path.parts.slice(base.length).join('/');
    if (path.isFolder) {
      const entries = await tree.list(relative);
      if (!relative && distribution.generateRepoConfig) {
        entries.push({ name: REPO_CONFIG, isFolder: false });
      }
      return entries.length ? { kind: 'folder', entries } : NOTHING_HERE;
    }
    if (relative === REPO_CONFIG && distribution.generateRepoConfig) {
      return this.#repoConfig(served, tree);
    }
    const file = await tree.findFile(relative);
    if (file.kind !== 'missing') return file;
    if (await tree.hasFolder(relative)) return withSlash(path);
    return (await this.#findReplaced(distribution, relative)) ?? file;
  }

  /**
   * A file of a publication that was served here until recently, for clients in the middle of an
   * update. Checkpoints and chosen publications are not replaced.
   */
  async #findReplaced(
    { repositoryId, versionId, checkpoint }: DistributionRecord,
    path: string,
  ): Promise<Content | undefined> {
    if (checkpoint) return undefined;
    let candidates: PublicationRecord[] = [];
    if (repositoryId !== undefined) {
      candidates = await publications.listNewestPublications(
        this.#knex,
        repositoryId,
        MOST_REPLACED,
      );
    } else if (versionId !== undefined) {
      candidates = await publications.listPublicationsOfVersion(
        this.#knex,
        versionId,
      );
    }
    for (const publication of recentlyReplaced(candidates, DateTime.utc())) {
      const tree = new PublicationTree({ knex: this.#knex, publication });
      const file = await tree.findFile(path);
      if (file.kind !== 'missing') return file;
    }
    return undefined;
  }

  async #repoConfig(
    { distribution, publication, base }: Served,
    tree: PublicationTree,
  ): Promise<Content> {
    const path = encodePath({ parts: base, isFolder: true });
    const baseUrl = `${this.#origin}${path}`;
    // A mirror brings the key of those who have signed its metadata.
    const key = await tree.findFile(KEY);
    const text = renderRepoConfig(distribution.name, baseUrl, {
      ...(key.kind === 'stored' && { gpgkey: `${baseUrl}${KEY}` }),
      ...publication.repoConfig,
    });
    return { kind: 'text', name: REPO_CONFIG, text };
  }
}
