import {
  rpmContentUploadPermission,
  rpmRepositoryModifyPermission,
} from '@rpmportal/backstage-plugin-rpm-common';
import { parseReference, type ContentType } from '../identifiers';
import type { AccessControl } from '../permissions/AccessControl';
import { hidden } from '../repository/hidden';
import { MISSING_REPOSITORY } from './DefaultContentCreation';
import type { ContentCreation, ContentRequest, CreationOptions } from './types';

/**
 * Lets those create content in a repository who may modify it, and others who may upload. What the
 * request refers to must be visible to the caller.
 */
export class AuthorizedContentCreation implements ContentCreation {
  readonly #inner: ContentCreation;
  readonly #access: AccessControl;

  constructor(options: { inner: ContentCreation; access: AccessControl }) {
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async create(
    type: ContentType,
    request: ContentRequest,
    options: CreationOptions,
  ): Promise<string> {
    return this.#inner.create(
      type,
      request,
      await this.#authorize(request, options),
    );
  }

  async createNow(
    type: ContentType,
    request: ContentRequest,
    options: CreationOptions,
  ): Promise<string> {
    return this.#inner.createNow(
      type,
      request,
      await this.#authorize(request, options),
    );
  }

  async #authorize(
    { destination }: ContentRequest,
    options: CreationOptions,
  ): Promise<CreationOptions> {
    const { credentials } = options;
    const reference = destination?.repository;
    const named =
      reference === undefined ? undefined : parseReference(reference);
    if (named?.kind === 'repository') {
      await hidden(
        'repository',
        MISSING_REPOSITORY,
        this.#access.requireRepository(
          rpmRepositoryModifyPermission,
          named.uuid,
          credentials,
        ),
      );
    } else {
      await this.#access.requireBasic(rpmContentUploadPermission, credentials);
    }
    const visible = await this.#access.visibleRepositories(credentials);
    return { ...options, visible };
  }
}
