import type { AccessControl } from '../../permissions/AccessControl';
import type { CallOptions } from '../../repository';
import { requireDestination } from '../destinations';
import type { CompsUpload, CompsUploadService } from './types';

/** Lets through who may change the repository, or upload where there is none. */
export class AuthorizedCompsUploadService implements CompsUploadService {
  readonly #inner: CompsUploadService;
  readonly #access: AccessControl;

  constructor(options: { inner: CompsUploadService; access: AccessControl }) {
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async upload(input: CompsUpload, options: CallOptions): Promise<string> {
    await requireDestination(
      this.#access,
      input.repository,
      options.credentials,
    );
    return this.#inner.upload(input, options);
  }
}
