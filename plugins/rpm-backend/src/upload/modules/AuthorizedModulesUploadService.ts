import type { AccessControl } from '../../permissions/AccessControl';
import { requireDestination } from '../destinations';
import type { ModulesUpload, ModulesUploadService } from './types';

/** Lets through who may change the repository, or upload where there is none. */
export class AuthorizedModulesUploadService implements ModulesUploadService {
  readonly #inner: ModulesUploadService;
  readonly #access: AccessControl;

  constructor(options: { inner: ModulesUploadService; access: AccessControl }) {
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async upload(
    input: ModulesUpload,
    options: Parameters<ModulesUploadService['upload']>[1],
  ): Promise<string> {
    const { credentials } = options;
    await requireDestination(
      this.#access,
      input.destination.repository,
      credentials,
    );
    const visible = await this.#access.visibleRepositories(credentials);
    return this.#inner.upload(input, { ...options, visible });
  }
}
