import { findBreaches, type JsonObject } from './documentRules';
import { exampleDocument } from './exampleDocument';

const ROOT = '/api/rpm/pulp/api/v3/';
const LIST = `${ROOT}publications/things/`;
const COPY = `${ROOT}rpm/copy/`;

/** A change that breaks one rule; the parts of the document most changes are made in. */
type Breach = (
  document: JsonObject,
  parts: { list: JsonObject; change: JsonObject; copy: JsonObject },
) => void;

const BREACHES: [string, Breach, string][] = [
  [
    'another version of OpenAPI',
    document => {
      document.openapi = '2.0';
    },
    'openapi: 2.0',
  ],
  [
    'a key that is not standard',
    (_, { list }) => {
      list.explained = true;
    },
    `get ${LIST}: unknown key 'explained'`,
  ],
  [
    'such a key of a reply',
    (_, { list }) => {
      list.responses[200].example = [];
    },
    `get ${LIST} 200: unknown key 'example'`,
  ],
  [
    'no versions',
    document => {
      delete document.info['x-pulp-app-versions'].rpm;
    },
    'info: no version of rpm',
  ],
  [
    'a version that the command is too new for',
    document => {
      document.info['x-pulp-app-versions'].core = '3.105.9';
    },
    'info: core 3.105.9 is older than 3.106',
  ],
  [
    'a limit by which it checks nothing',
    document => {
      document.components.schemas.Thing.properties.size.exclusiveMinimum = 0;
    },
    'schemas.Thing.properties.size: exclusiveMinimum 0',
  ],
  [
    'silence about domains',
    document => {
      delete document.info['x-pulp-domain-enabled'];
    },
    'info: does not say that there are no domains',
  ],
  [
    'an operation without id',
    (_, { list }) => {
      delete list.operationId;
    },
    `get ${LIST}: no operationId`,
  ],
  [
    'an id that is taken',
    (_, { change }) => {
      change.operationId = 'copy_content';
    },
    'copy_content: more than one operation',
  ],
  [
    'parameters left out where they are read',
    (_, { list }) => {
      delete list.parameters;
    },
    `get ${LIST}: no parameters`,
  ],
  [
    'a list that is sent as parameters of one name',
    (_, { list }) => {
      delete list.parameters[1].explode;
    },
    `get ${LIST} parameter name__in: a list that is not joined by commas`,
  ],
  [
    'a parameter without schema',
    (_, { list }) => {
      delete list.parameters[0].schema;
    },
    `get ${LIST} parameter size: no schema`,
  ],
  [
    'a cookie',
    (_, { list }) => {
      list.parameters[0].in = 'cookie';
    },
    `get ${LIST} parameter size: in no place that clients fill`,
  ],
  [
    'an href that may be left out',
    (_, { change }) => {
      change.parameters[0].required = false;
    },
    'patch {thing_href} parameter thing_href: not required',
  ],
  [
    'an href that is not declared',
    (_, { change }) => {
      change.parameters = [];
    },
    'patch {thing_href}: the path has {thing_href}, the parameters ',
  ],
  [
    'two hrefs in one path',
    document => {
      document.paths['{thing_href}{part_href}'] = {};
    },
    '{thing_href}{part_href}: more than one href in front',
  ],
  [
    'a path elsewhere',
    document => {
      document.paths['/things/'] = {};
    },
    `/things/: not below ${ROOT}`,
  ],
  [
    'a body of no type',
    (_, { change }) => {
      change.requestBody.content = {};
    },
    'patch {thing_href} body: no content',
  ],
  [
    'a body without schema',
    (_, { change }) => {
      delete change.requestBody.content['application/json'].schema;
    },
    'patch {thing_href} body application/json: no schema',
  ],
  [
    'no replies',
    (_, { list }) => {
      list.responses = {};
    },
    `get ${LIST}: no responses`,
  ],
  [
    'a reply that is not described',
    (_, { list }) => {
      delete list.responses[200].description;
    },
    `get ${LIST} 200: no description`,
  ],
  [
    'no copy',
    document => {
      delete document.paths[COPY];
    },
    'paths: no post …/rpm/copy/',
  ],
  [
    'a copy whose body is written in place',
    (_, { copy }) => {
      copy.requestBody.content['application/json'].schema = { type: 'object' };
    },
    'post …/rpm/copy/: the body has no schema that is referred to',
  ],
];

describe('findBreaches', () => {
  it('finds none in a document that keeps the rules', () => {
    expect(findBreaches(exampleDocument(), ROOT)).toEqual([]);
  });

  it.each(BREACHES)('finds %s', (_, breach, expected) => {
    const document = exampleDocument();
    const { paths } = document;
    breach(document, {
      list: paths[LIST].get,
      change: paths['{thing_href}'].patch,
      copy: paths[COPY].post,
    });
    expect(findBreaches(document, ROOT)).toEqual([expected]);
  });
});
