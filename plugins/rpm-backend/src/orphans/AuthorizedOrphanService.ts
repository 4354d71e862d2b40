import type { AccessControl } from '../permissions/AccessControl';
import type { CallOptions } from '../repository';
import type { OrphanInput, OrphanService } from './types';

/** Lets through administrators. */
export class AuthorizedOrphanService implements OrphanService {
  readonly #inner: OrphanService;
  readonly #access: AccessControl;

  constructor(options: { inner: OrphanService; access: AccessControl }) {
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async cleanUp(input: OrphanInput, options: CallOptions): Promise<string> {
    await this.#access.requireAdmin(options.credentials);
    return this.#inner.cleanUp(input, options);
  }
}
