import type { ContentType } from '../identifiers';
import type { AccessControl } from '../permissions/AccessControl';
import { requireDestination } from './destinations';
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
    await requireDestination(
      this.#access,
      destination?.repository,
      credentials,
    );
    const visible = await this.#access.visibleRepositories(credentials);
    return { ...options, visible };
  }
}
