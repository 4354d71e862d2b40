import fc from 'fast-check';
import { API_ROOT } from '../../../identifiers';
import type { ApiDescription, ApiOperation } from '../ApiDescription';
import { Examples, type Known } from './examples';
import { hostileText, hostileValue, writeJson } from './hostile';
import type { RawRequest } from './sendRaw';

const JSON_TYPE = 'application/json';
/** Of a query: encoded, three of them fit into what Node.js takes of a request's head. */
const LONGEST_VALUE = 1_500;
const UNKNOWN = '019bf000-0000-7000-8000-000000000001';

/** Hrefs that name nothing, as they stand in a request's first line. */
const LOST_HREFS = [
  `${API_ROOT}tasks/${UNKNOWN}/`,
  `${API_ROOT}repositories/rpm/rpm/${UNKNOWN}/versions/1/`,
  `${API_ROOT}repositories/rpm/rpm/${UNKNOWN}/versions/-1/`,
  `${API_ROOT}repositories/rpm/rpm/${UNKNOWN}/versions/99999999999999999999/`,
  `${API_ROOT}repositories/rpm/rpm/${UNKNOWN.toUpperCase()}/`,
  `${API_ROOT}repositories/rpm/rpm/%00/`,
  `${API_ROOT}content/rpm/packages/%E0%A4%A/`,
  `${API_ROOT}uploads/..%2F..%2F/`,
  `${API_ROOT}artifacts/${'9'.repeat(4_000)}/`,
];

/** Content types, each with what can be wrong with a body of it. */
const STRANGE_BODIES: { type: string; body: string | Buffer }[] = [
  { type: JSON_TYPE, body: '' },
  { type: JSON_TYPE, body: '{' },
  { type: JSON_TYPE, body: '{"a":1}}' },
  { type: JSON_TYPE, body: '\ufeff{}' },
  { type: JSON_TYPE, body: "{'name': None}" },
  { type: JSON_TYPE, body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22]) },
  { type: `${JSON_TYPE}; charset=utf-99`, body: '{}' },
  { type: `${JSON_TYPE}; charset=utf-16`, body: '{}' },
  { type: 'text/plain', body: '{"name":"a"}' },
  { type: 'application/xml', body: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' },
  { type: 'nonsense', body: 'a' },
  { type: '', body: '{}' },
  { type: 'application/x-www-form-urlencoded', body: '' },
  { type: 'application/x-www-form-urlencoded', body: 'name=%ZZ&a[b][c]=1' },
  { type: 'application/x-www-form-urlencoded', body: '__proto__[a]=1&=&&' },
  { type: 'application/x-www-form-urlencoded', body: 'a=1&'.repeat(5_000) },
  { type: 'application/x-www-form-urlencoded', body: 'name=%00&name=b' },
  { type: 'multipart/form-data', body: 'a' },
  { type: 'multipart/form-data; boundary=b', body: '' },
  { type: 'multipart/form-data; boundary=b', body: '--b\r\n' },
  { type: 'multipart/form-data; boundary=b', body: part('name', 'a') },
  {
    type: 'multipart/form-data; boundary=b',
    body: `${part('file"; filename="../../a\0', 'x'.repeat(5_000))}--b--\r\n`,
  },
  {
    type: 'multipart/form-data; boundary=b',
    body: `${part('name', 'a').repeat(3_000)}--b--\r\n`,
  },
  {
    type: 'multipart/form-data; boundary=b',
    body: `${part('__proto__', 'a')}${part('', 'b')}--b--\r\n`,
  },
];

function part(name: string, value: string): string {
  return `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
}

/** Values of headers that operations declare, right and wrong. */
const DECLARED_HEADERS = [
  'bytes 0-9/10',
  'bytes 2-8/10',
  'bytes 9-0/10',
  'bytes 0-99999999999999999999/10',
  'bytes */*',
  'nonsense',
];

/** The texts of a form's fields. */
function textsOf(fields: object): [string, string][] {
  return Object.entries(fields).map(([name, field]) => [
    name,
    typeof field === 'object' ? writeJson(field) : String(field),
  ]);
}

/** A form with a file where one belongs, if only by the field's name. */
function multipartOf(fields: object): string {
  const parts = textsOf(fields).map(([name, text]) =>
    part(
      name === 'file' ? 'file"; filename="a.rpm' : name.replace(/["\r\n]/g, ''),
      text,
    ),
  );
  return `${parts.join('')}--b--\r\n`;
}

/** A part of a query: what means something, and what does not. */
function queryOf({ parameters }: ApiOperation, examples: Examples) {
  const declared = parameters.filter(({ in: place }) => place === 'query');
  const names = [
    ...declared.map(({ name }) => name as string),
    ...['nothing', '__proto__', 'limit[]', 'offset[a]', 'toString', ''],
  ];
  const sensible = declared.map(({ name, schema }): [string, string] => [
    name,
    String(examples.of(schema, name, false)),
  ]);
  const pair = fc.oneof(
    fc.tuple(
      fc.constantFrom(...names),
      hostileText.map(text => text.slice(0, LONGEST_VALUE)),
    ),
    ...(sensible.length ? [fc.constantFrom(...sensible)] : []),
  );
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    {
      weight: declared.length ? 12 : 3,
      arbitrary: fc.array(pair, { maxLength: 3 }).map(pairs => {
        // Lone surrogates have no encoding; the class takes their replacement.
        return `?${new URLSearchParams(pairs)}`;
      }),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('?%', '?&&=', '?a=%E0%A4%A', '??'),
    },
  );
}

/** A body that is nearly right: an example in which some fields are not. */
function nearlyRight(full: object, least: object): fc.Arbitrary<unknown> {
  const fields = [
    ...Object.keys(full),
    ...['nothing', '__proto__', 'constructor', 'pulp_href'],
  ];
  const change = fc.tuple(
    fc.constantFrom(...fields),
    fc.option(hostileValue, { nil: undefined, freq: 8 }),
  );
  return fc
    .tuple(
      fc.constantFrom(full, least),
      fc.array(change, { minLength: 1, maxLength: 2 }),
    )
    .map(([example, changes]) =>
      // Entries, so that `__proto__` is a key like others.
      Object.fromEntries([...Object.entries(example), ...changes]),
    );
}

function bodyOf(
  { bodies }: ApiOperation,
  examples: Examples,
): fc.Arbitrary<Pick<RawRequest, 'headers' | 'body'>> {
  const strange = fc.constantFrom(...STRANGE_BODIES).map(({ type, body }) => ({
    headers: { 'content-type': type },
    body,
  }));
  const none = fc.constant({ headers: {} });
  const [schema] = Object.values(bodies);
  if (!schema) {
    return fc.oneof(
      { weight: 6, arbitrary: none },
      { weight: 1, arbitrary: strange },
    );
  }
  const [full, least] = [true, false].map(
    isFull => examples.of(schema, '', isFull) as object,
  );
  const json = fc
    .oneof(
      { weight: 6, arbitrary: nearlyRight(full, least) },
      { weight: 1, arbitrary: hostileValue },
      { weight: 1, arbitrary: fc.constantFrom(full, least) },
    )
    .map(value => ({
      headers: { 'content-type': JSON_TYPE },
      body: writeJson(value),
    }));
  const form = nearlyRight(full, least).map(value => ({
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(textsOf(value as object)).toString(),
  }));
  const multipart = fc
    .oneof(nearlyRight(full, least), fc.constantFrom(full, least))
    .map(value => ({
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: multipartOf(value as object),
    }));
  const takesFiles = 'multipart/form-data' in bodies;
  return fc.oneof(
    { weight: 8, arbitrary: json },
    { weight: 2, arbitrary: form },
    { weight: takesFiles ? 8 : 1, arbitrary: multipart },
    { weight: 4, arbitrary: strange },
    { weight: 1, arbitrary: none },
  );
}

/** Hrefs of what there is, and sometimes of nothing; empty where none belongs. */
function hrefsOf(parameter: string | undefined, known: Known) {
  if (!parameter) return fc.constant('');
  const lost = fc.constantFrom(...LOST_HREFS);
  if (!Object.hasOwn(known, parameter)) return lost;
  const found = fc.constant(String(known[parameter]));
  return fc.oneof(
    { weight: 6, arbitrary: found },
    { weight: 1, arbitrary: lost },
  );
}

/**
 * Requests for an operation that are more or less wrong: body, content type, query and href.
 *
 * @param known - what exists, by names of fields, parameters and hrefs
 */
export function requestsFor(
  operation: ApiOperation,
  api: ApiDescription,
  known: Known,
): fc.Arbitrary<RawRequest> {
  const examples = new Examples(api.schemas, known);
  const [, parameter] = /^\{(\w+)\}/.exec(operation.path) ?? [];
  const href = hrefsOf(parameter, known);
  const declared = operation.parameters.filter(
    ({ in: place }) => place === 'header',
  );
  return fc
    .tuple(
      href,
      queryOf(operation, examples),
      bodyOf(operation, examples),
      fc.constantFrom(...DECLARED_HEADERS),
    )
    .map(([start, query, { headers, body }, value]) => ({
      method: operation.method.toUpperCase(),
      target: `${operation.path.replace(/^\{\w+\}/, start)}${query}`,
      headers: {
        ...headers,
        ...Object.fromEntries(declared.map(({ name }) => [name, value])),
      },
      body,
    }));
}
