import { findBreaches, METHODS, type JsonObject } from './documentRules';
import { SchemaChecker } from './SchemaChecker';

/** An operation as the document declares it. */
export interface ApiOperation {
  method: string;
  path: string;
  parameters: JsonObject[];
  /** The body's schemas by content type; none when there is no body. */
  bodies: Record<string, JsonObject>;
  /** Schemas by content type, by status; an empty reply has none. */
  responses: Record<string, Record<string, JsonObject>>;
  /** Alternatives, each with the schemes it needs. */
  security: JsonObject[];
}

/** What the `pulp` command puts in the place of the copy's declared body. */
const COPY_BODIES = {
  'application/json': {
    type: 'object',
    properties: {
      config: { type: 'array', items: { type: 'object' } },
      dependency_solving: { type: 'boolean' },
    },
    required: ['config'],
  },
};

function schemasOf(
  content: JsonObject | undefined,
): Record<string, JsonObject> {
  return Object.fromEntries(
    Object.entries<JsonObject>(content ?? {}).map(([type, media]) => [
      type,
      media.schema,
    ]),
  );
}

/** The operations of an API by their ids, read from its own document by strict rules. */
export class ApiDescription {
  /** Of the apps, by name. */
  readonly versions: Record<string, string>;
  readonly checker: SchemaChecker;
  /** Of the components, by name. */
  readonly schemas: JsonObject;
  readonly #operations = new Map<string, ApiOperation>();
  readonly #securitySchemes: JsonObject;

  /**
   * @param root - of the API, `/…/api/v3/`
   * @throws Error naming every breach of the rules
   */
  constructor(document: JsonObject, root: string) {
    const breaches = findBreaches(document, root);
    if (breaches.length) throw new Error(breaches.join('\n'));
    const { info, paths, components, security = [] } = document;
    this.versions = info['x-pulp-app-versions'];
    this.schemas = components.schemas ?? {};
    this.checker = new SchemaChecker(this.schemas);
    this.#securitySchemes = components.securitySchemes ?? {};
    for (const [path, item] of Object.entries<JsonObject>(paths)) {
      for (const method of METHODS) {
        if (!item[method]) continue;
        const isCopy = method === 'post' && path.endsWith('/rpm/copy/');
        this.#add(
          isCopy ? 'rpm_copy_content' : item[method].operationId,
          { security, ...item[method] },
          { method, path, ...(isCopy && { bodies: COPY_BODIES }) },
        );
      }
    }
  }

  /** @throws Error when there is none with this id */
  operation(id: string): ApiOperation {
    const operation = this.#operations.get(id);
    if (!operation) throw new Error(`No operation with the id ${id}`);
    return operation;
  }

  get operationIds(): string[] {
    return [...this.#operations.keys()];
  }

  /** Whether basic authentication alone opens one of the ways into the operation. */
  takesBasic({ security }: ApiOperation): boolean {
    return security.some(way => {
      const [name, ...more] = Object.keys(way);
      const { type, scheme } = this.#securitySchemes[name] ?? {};
      return type === 'http' && scheme === 'basic' && !more.length;
    });
  }

  #add(
    id: string,
    declared: JsonObject,
    known: Pick<ApiOperation, 'method' | 'path'> & Partial<ApiOperation>,
  ): void {
    const { requestBody, responses, security, parameters = [] } = declared;
    this.#operations.set(id, {
      parameters,
      security,
      bodies: schemasOf(requestBody?.content),
      responses: Object.fromEntries(
        Object.entries<JsonObject>(responses).map(([status, { content }]) => [
          status,
          schemasOf(content),
        ]),
      ),
      ...known,
    });
  }
}
