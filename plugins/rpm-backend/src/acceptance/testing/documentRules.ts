/** A part of a document that has not been checked yet. */
export type JsonObject = Record<string, any>;

/** The keys that OpenAPI 3.0 and 3.1 know; a strict parser takes no others but `x-…`. */
const STANDARD_KEYS = {
  document:
    'openapi info jsonSchemaDialect servers paths webhooks components security tags externalDocs',
  info: 'title summary description termsOfService contact license version',
  components:
    'schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems',
  securityScheme:
    'type description name in scheme bearerFormat flows openIdConnectUrl',
  pathItem:
    'summary description get put post delete options head patch trace servers parameters',
  operation:
    'tags summary description externalDocs operationId parameters requestBody responses callbacks deprecated security servers',
  parameter:
    'name in description required deprecated allowEmptyValue style explode allowReserved schema example examples content',
  requestBody: 'description content required',
  response: 'description headers content links',
  mediaType: 'schema example examples encoding',
};

/** Methods under which a path item has operations. */
export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Operations of which a client reads `parameters` without looking whether there are any. */
const PARAMETERS_READ =
  /^(repository_versions_list|repositories_\w+_versions_list|publications_\w+_list)$/;

function* checkKeys(
  kind: keyof typeof STANDARD_KEYS,
  object: JsonObject,
  place: string,
): Generator<string> {
  const known = STANDARD_KEYS[kind].split(' ');
  for (const key of Object.keys(object)) {
    if (!known.includes(key) && !key.startsWith('x-')) {
      yield `${place}: unknown key '${key}'`;
    }
  }
}

function* checkContent(
  content: JsonObject | undefined,
  place: string,
): Generator<string> {
  for (const [type, media] of Object.entries<JsonObject>(content ?? {})) {
    yield* checkKeys('mediaType', media, `${place} ${type}`);
    if (!media.schema) yield `${place} ${type}: no schema`;
  }
}

function* checkParameters(
  operation: JsonObject,
  path: string,
  place: string,
): Generator<string> {
  const inPath: string[] = [];
  for (const parameter of operation.parameters ?? []) {
    const at = `${place} parameter ${parameter.name}`;
    yield* checkKeys('parameter', parameter, at);
    if (!parameter.schema) yield `${at}: no schema`;
    if (parameter.in === 'path') {
      inPath.push(`{${parameter.name}}`);
      if (parameter.required !== true) yield `${at}: not required`;
    } else if (!['query', 'header'].includes(parameter.in)) {
      yield `${at}: in no place that clients fill`;
    }
    const { schema, style = 'form', explode = style === 'form' } = parameter;
    if (schema?.type === 'array' && (style !== 'form' || explode)) {
      yield `${at}: a list that is not joined by commas`;
    }
  }
  const placeholders = path.match(/\{[^}]*\}/g) ?? [];
  if (placeholders.join() !== inPath.join()) {
    yield `${place}: the path has ${placeholders}, the parameters ${inPath}`;
  }
}

function* checkOperation(
  operation: JsonObject,
  path: string,
  place: string,
): Generator<string> {
  yield* checkKeys('operation', operation, place);
  const { operationId, parameters, requestBody, responses = {} } = operation;
  if (!operationId) yield `${place}: no operationId`;
  if (!parameters && PARAMETERS_READ.test(operationId)) {
    yield `${place}: no parameters`;
  }
  yield* checkParameters(operation, path, place);
  if (requestBody) {
    yield* checkKeys('requestBody', requestBody, `${place} body`);
    yield* checkContent(requestBody.content, `${place} body`);
    if (!Object.keys(requestBody.content ?? {}).length) {
      yield `${place} body: no content`;
    }
  }
  if (!Object.keys(responses).length) yield `${place}: no responses`;
  for (const [status, response] of Object.entries<JsonObject>(responses)) {
    yield* checkKeys('response', response, `${place} ${status}`);
    yield* checkContent(response.content, `${place} ${status}`);
    if (typeof response.description !== 'string') {
      yield `${place} ${status}: no description`;
    }
  }
}

function* checkPath(
  path: string,
  item: JsonObject,
  root: string,
): Generator<string> {
  yield* checkKeys('pathItem', item, path);
  if (!/^(\{\w+_href\})?[\w./-]*$/.test(path)) {
    yield `${path}: more than one href in front`;
  } else if (!path.startsWith('{') && !path.startsWith(root)) {
    yield `${path}: not below ${root}`;
  }
  for (const method of METHODS) {
    const operation = item[method];
    if (operation) yield* checkOperation(operation, path, `${method} ${path}`);
  }
}

/** From these versions on the command offers all options that are used here. */
const LEAST_VERSIONS = { core: [3, 106], rpm: [3, 38] };

function isAtLeast(version: string, [major, minor]: number[]): boolean {
  const [ourMajor, ourMinor] = version.split('.').map(Number);
  return ourMajor === major ? ourMinor >= minor : ourMajor > major;
}

function* checkInfo(info: JsonObject): Generator<string> {
  yield* checkKeys('info', info, 'info');
  for (const [app, least] of Object.entries(LEAST_VERSIONS)) {
    const version = info['x-pulp-app-versions']?.[app];
    if (!version) yield `info: no version of ${app}`;
    else if (!isAtLeast(version, least)) {
      yield `info: ${app} ${version} is older than ${least.join('.')}`;
    }
  }
  if (info['x-pulp-domain-enabled'] !== false) {
    yield 'info: does not say that there are no domains';
  }
}

/** The `pulp` command looks for the copy, whatever it was started for. */
function* checkCopy(paths: JsonObject): Generator<string> {
  const [, copy] =
    Object.entries<JsonObject>(paths).find(
      ([path, item]) => path.endsWith('/rpm/copy/') && item.post,
    ) ?? [];
  if (!copy) {
    yield 'paths: no post …/rpm/copy/';
    return;
  }
  const content: JsonObject = copy.post.requestBody?.content ?? {};
  const media = Object.values<JsonObject>(content);
  if (!media.length || media.some(({ schema }) => !schema?.$ref)) {
    yield 'post …/rpm/copy/: the body has no schema that is referred to';
  }
}

/** What keeps the command from checking values by a schema: it then takes them all, silently. */
function* checkSchema(schema: unknown, place: string): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    const isLimit = /^exclusiveM(in|ax)imum$/.test(key);
    if (isLimit && typeof value === 'number') yield `${place}: ${key} ${value}`;
    if (key === 'examples' && Array.isArray(value)) yield `${place}: examples`;
    yield* checkSchema(value, `${place}.${key}`);
  }
}

/**
 * What in an OpenAPI document keeps the `pulp` command from working: the rules were observed of its
 * library, pulp-glue 0.41.
 *
 * @param root - of the API, `/…/api/v3/`
 * @returns one line for each breach, with its place
 */
export function findBreaches(document: JsonObject, root: string): string[] {
  const { openapi, info = {}, components = {}, paths = {} } = document;
  const ids = Object.values<JsonObject>(paths).flatMap(item =>
    METHODS.flatMap(method => item[method]?.operationId ?? []),
  );
  return [
    ...(/^3\.[01]\.\d+$/.test(openapi) ? [] : [`openapi: ${openapi}`]),
    ...checkKeys('document', document, 'document'),
    ...checkInfo(info),
    ...checkKeys('components', components, 'components'),
    ...checkSchema(components.schemas, 'schemas'),
    ...Object.entries<JsonObject>(components.securitySchemes ?? {}).flatMap(
      ([name, scheme]) => [...checkKeys('securityScheme', scheme, name)],
    ),
    ...Object.entries<JsonObject>(paths).flatMap(([path, item]) => [
      ...checkPath(path, item, root),
    ]),
    ...ids
      .filter((id, index) => ids.indexOf(id) !== index)
      .map(id => `${id}: more than one operation`),
    ...checkCopy(paths),
  ];
}
