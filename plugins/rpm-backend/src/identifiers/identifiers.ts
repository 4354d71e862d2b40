import { CONTENT_TYPES, type ContentType } from './contentTypes';

/** Where the plugin's router mounts Pulp's surface; hrefs begin with it. */
export const API_ROOT = '/api/rpm/pulp/api/v3/';

/** Where published content is served. */
export const CONTENT_ROOT = '/api/rpm/pulp/content/';

const ENTITIES = {
  repository: { collection: 'repositories/rpm/rpm', prn: 'rpm.rpmrepository' },
  remote: { collection: 'remotes/rpm/rpm', prn: 'rpm.rpmremote' },
  publication: {
    collection: 'publications/rpm/rpm',
    prn: 'rpm.rpmpublication',
  },
  distribution: {
    collection: 'distributions/rpm/rpm',
    prn: 'rpm.rpmdistribution',
  },
  task: { collection: 'tasks', prn: 'core.task' },
  taskGroup: { collection: 'task-groups', prn: 'core.taskgroup' },
  artifact: { collection: 'artifacts', prn: 'core.artifact' },
  upload: { collection: 'uploads', prn: 'core.upload' },
  plan: { collection: 'rpm/plans', prn: 'rpm.plan' },
} as const;

/** What has an href of its own, besides repository versions. */
export type EntityKind = keyof typeof ENTITIES | ContentType;

/** What an href or PRN names. Versions are named by repository and number, or by their PRN. */
export type Reference =
  | { kind: EntityKind; uuid: string }
  | { kind: 'version'; repositoryUuid: string; number: number }
  | { kind: 'version'; uuid: string };

const KINDS: Record<EntityKind, { collection: string; prn: string }> = {
  ...ENTITIES,
  ...CONTENT_TYPES,
};
const KIND_BY_COLLECTION = new Map(
  Object.entries(KINDS).map(([kind, { collection }]) => [
    collection,
    kind as EntityKind,
  ]),
);
const KIND_BY_PRN = new Map(
  Object.entries(KINDS).map(([kind, { prn }]) => [prn, kind as EntityKind]),
);

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const HREF = new RegExp(
  `^([a-z_-]+(?:/[a-z_]+)*)/(${UUID})/(?:versions/(\\d{1,9})/)?$`,
);
const PRN = new RegExp(`^prn:([a-z]+\\.[a-z]+):(${UUID})$`);
const VERSION_PRN = 'core.repositoryversion';

/** `/api/rpm/pulp/api/v3/remotes/rpm/rpm/<uuid>/` */
export function hrefOf(kind: EntityKind, uuid: string): string {
  return `${API_ROOT}${KINDS[kind].collection}/${uuid}/`;
}

/** `<repository href>versions/` */
export function versionsHrefOf(repositoryUuid: string): string {
  return `${hrefOf('repository', repositoryUuid)}versions/`;
}

/** `<repository href>versions/<number>/` */
export function versionHrefOf(repositoryUuid: string, number: number): string {
  return `${versionsHrefOf(repositoryUuid)}${number}/`;
}

/** `prn:rpm.rpmremote:<uuid>` */
export function prnOf(kind: EntityKind | 'version', uuid: string): string {
  const model = kind === 'version' ? VERSION_PRN : KINDS[kind].prn;
  return `prn:${model}:${uuid}`;
}

/** The collection's path below the API root, with a trailing slash. */
export function collectionOf(kind: EntityKind): string {
  return `${KINDS[kind].collection}/`;
}

/** Reads an href or a PRN; undefined when it is neither. */
export function parseReference(text: string): Reference | undefined {
  const prn = PRN.exec(text);
  if (prn) {
    const [, model, uuid] = prn;
    if (model === VERSION_PRN) return { kind: 'version', uuid };
    const kind = KIND_BY_PRN.get(model);
    return kind && { kind, uuid };
  }
  if (!text.startsWith(API_ROOT)) return undefined;
  const href = HREF.exec(text.slice(API_ROOT.length));
  if (!href) return undefined;
  const [, collection, uuid, number] = href;
  const kind = KIND_BY_COLLECTION.get(collection);
  if (number === undefined) return kind && { kind, uuid };
  return kind === 'repository'
    ? { kind: 'version', repositoryUuid: uuid, number: Number(number) }
    : undefined;
}
