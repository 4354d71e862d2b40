import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { RowPage } from '../database/pages';
import type { ContentType } from '../identifiers';
import type { AccessControl } from '../permissions/AccessControl';
import type {
  ContentUnitService,
  ReadSelection,
  UnitRecord,
  UnitRecords,
} from './types';

interface CallOptions {
  credentials: BackstageCredentials;
}

/** Shows the content of those repositories that the caller may see. */
export class AuthorizedContentUnitService implements ContentUnitService {
  readonly #inner: ContentUnitService;
  readonly #access: AccessControl;

  constructor(options: { inner: ContentUnitService; access: AccessControl }) {
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async list<T extends ContentType>(
    type: T,
    filters: ListQuery,
    options: CallOptions,
  ): Promise<RowPage<UnitRecords[T]>> {
    return this.#inner.list(type, filters, await this.#narrow(options));
  }

  async listAll(
    filters: ListQuery,
    options: CallOptions,
  ): Promise<RowPage<UnitRecord>> {
    return this.#inner.listAll(filters, await this.#narrow(options));
  }

  async get<T extends ContentType>(
    type: T,
    uuid: string,
    selection: ReadSelection,
    options: CallOptions,
  ): Promise<UnitRecords[T]> {
    return this.#inner.get(type, uuid, selection, await this.#narrow(options));
  }

  async #narrow({ credentials }: CallOptions) {
    const visible = await this.#access.visibleRepositories(credentials);
    return { credentials, visible };
  }
}
