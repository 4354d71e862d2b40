import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { RowPage } from '../../database/pages';
import type { AccessControl } from '../../permissions/AccessControl';
import type {
  Applicability,
  ApplicabilityQuery,
  ModuleBuild,
  ModuleService,
} from './types';

interface CallOptions {
  credentials: BackstageCredentials;
}

/** Asks about the content of those repositories that the caller may see. */
export class AuthorizedModuleService implements ModuleService {
  readonly #inner: ModuleService;
  readonly #access: AccessControl;

  constructor(options: { inner: ModuleService; access: AccessControl }) {
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async listOfPackage(
    packageUuid: string,
    query: Parameters<ModuleService['listOfPackage']>[1],
    options: CallOptions,
  ): Promise<RowPage<ModuleBuild>> {
    const narrowed = await this.#narrow(options);
    return this.#inner.listOfPackage(packageUuid, query, narrowed);
  }

  async findApplicable(
    query: ApplicabilityQuery,
    options: CallOptions,
  ): Promise<Applicability> {
    return this.#inner.findApplicable(query, await this.#narrow(options));
  }

  async #narrow({ credentials }: CallOptions) {
    const visible = await this.#access.visibleRepositories(credentials);
    return { credentials, visible };
  }
}
