import fc from 'fast-check';
import { API_ROOT } from '../../../identifiers';

/** Texts that trip parsers, engines and encodings. */
const TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udfff',
  '\ufeff\u202e',
  "'; DROP TABLE unit; --",
  '%',
  '_\\',
  '(',
  '[',
  '*',
  ',',
  ',,,',
  '../../../etc/passwd',
  '/',
  'null',
  'true',
  '-1',
  '1e400',
  'NaN',
  '99999999999999999999',
  '2026-13-45T99:99:99Z',
  '+275760-09-13T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  'file:///etc/passwd',
  'http://user:pw@[::1',
  API_ROOT,
  `${API_ROOT}content/rpm/packages/019bf000-0000-7000-8000-000000000001/`,
  `${API_ROOT}repositories/rpm/rpm/%00/versions/99999999999999999999/`,
  'prn:rpm.package:019bf000-0000-7000-8000-000000000001',
  'prn:core.task:\0',
  '__proto__',
  'constructor',
  'NOT '.repeat(10),
  '('.repeat(2_000),
  'x'.repeat(70_000),
];

const NUMBERS = [
  0,
  -0,
  -1,
  0.5,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53 + 2,
  1e21,
  1e308,
  5e-324,
];

/** What JSON can say and `JSON.stringify` cannot: markers, and what is written for them. */
const RAW = {
  '@1e400@': '1e400',
  '@deep@': `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  '@proto@': '{"__proto__":{"admin":true},"constructor":{"prototype":1}}',
  '@twice@': '{"a":1,"a":{"a":"\\ud800"}}',
};

/** A text that nobody expects. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** A value of JSON that nobody expects; write it by {@link writeJson}. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...NUMBERS) },
  { weight: 2, arbitrary: fc.constantFrom(null, true, false, [], {}) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.keys(RAW)) },
  { weight: 1, arbitrary: fc.array(hostileText, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(hostileText, hostileText) },
  { weight: 1, arbitrary: fc.jsonValue({ stringUnit: 'binary' }) },
  { weight: 1, arbitrary: fc.constant(Array(3_000).fill('x')) },
);

/** JSON with the raw pieces in the place of their markers. */
export function writeJson(value: unknown): string {
  return Object.entries(RAW).reduce(
    (text, [marker, raw]) => text.replaceAll(JSON.stringify(marker), raw),
    JSON.stringify(value),
  );
}
