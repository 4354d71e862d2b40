import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { DateTime } from 'luxon';

/** Owners change rarely, and permission checks come in bursts. */
const REMEMBER_SECONDS = 15;
/** The catalog answers a request for entities by their refs in one go up to here. */
const REFS_PER_REQUEST = 200;

/** What ownership follows from. */
export interface Ownership {
  owner: string | undefined;
  entity: string | undefined;
  createdBy: string | undefined;
}

function isEntityRef(text: string): boolean {
  try {
    parseEntityRef(text);
    return true;
  } catch {
    return false;
  }
}

function ownerOfEntity(entity: Entity | undefined): string | undefined {
  return entity?.relations?.find(
    relation => relation.type === RELATION_OWNED_BY,
  )?.targetRef;
}

/**
 * To whom something belongs: the owner set on it; else the owner of its catalog entity, looked up
 * when asked, so that the catalog stays the source; else the user who created it. While the catalog
 * does not answer, nobody owns what belongs to an entity.
 */
export class OwnerResolver {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #remembered = new Map<
    string,
    { owner: string | undefined; until: DateTime }
  >();

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
  }

  /** Owners in the order of the input, as entity refs in their canonical spelling. */
  async ownersOf(items: readonly Ownership[]): Promise<(string | undefined)[]> {
    const entities = items.flatMap(({ owner, entity }) =>
      !owner && entity ? [entity] : [],
    );
    const byEntity = await this.#ownersOfEntities([...new Set(entities)]);
    return items.map(({ owner, entity, createdBy }) => {
      // What the catalog did not say must not make the creator the owner of what is another's.
      if (!owner && entity && !byEntity.has(entity)) return undefined;
      const ref = owner ?? (entity && byEntity.get(entity)) ?? createdBy;
      return ref && isEntityRef(ref)
        ? stringifyEntityRef(parseEntityRef(ref))
        : undefined;
    });
  }

  /** Entities that the catalog could not be asked for are left out. */
  async #ownersOfEntities(
    refs: readonly string[],
  ): Promise<Map<string, string | undefined>> {
    const now = DateTime.utc();
    const owners = new Map<string, string | undefined>();
    const unknown: string[] = [];
    for (const ref of refs) {
      const remembered = this.#remembered.get(ref);
      if (remembered && remembered.until > now) {
        owners.set(ref, remembered.owner);
      } else {
        unknown.push(ref);
      }
    }
    const until = now.plus({ seconds: REMEMBER_SECONDS });
    for (let start = 0; start < unknown.length; start += REFS_PER_REQUEST) {
      const part = unknown.slice(start, start + REFS_PER_REQUEST);
      const found = await this.#askCatalog(part);
      found?.forEach((entity, index) => {
        const owner = ownerOfEntity(entity);
        owners.set(part[index], owner);
        this.#remembered.set(part[index], { owner, until });
      });
    }
    return owners;
  }

  /** Undefined when the catalog does not answer. */
  async #askCatalog(
    entityRefs: string[],
  ): Promise<(Entity | undefined)[] | undefined> {
    try {
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs, fields: ['kind', 'metadata', 'relations'] },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      return items;
    } catch (error) {
      this.#logger.warn(`Cannot look up owners in the catalog: ${error}`);
      return undefined;
    }
  }
}
