import fc from 'fast-check';
import {
  RpmChangelog,
  RpmFile,
  RpmPackage,
  RpmRelation,
  RELATION_KINDS,
} from '../package';

/** Any text that XML 1.0 can express, rich in characters that need care. */
export const xmlText = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(...'ab &<>"\'\r\n\t]é\u2028\u{1f600}'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 20,
  })
  .map(text =>
    text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''),
  );

export const nonEmptyXmlText = xmlText.filter(text => text !== '');

/** A part of a package's name: anything but blanks and slashes. */
export const token = fc.string({
  unit: fc.constantFrom(...'abXY09._+~^-<&">é'),
  minLength: 1,
  maxLength: 12,
});

const digest = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map(bytes => Buffer.from(bytes).toString('hex'));

const count = fc.nat();
const epoch = fc.nat({ max: 99 }).map(String);

const relation: fc.Arbitrary<RpmRelation> = fc.oneof(
  fc.record({ name: nonEmptyXmlText }),
  fc.record(
    {
      name: nonEmptyXmlText,
      flags: fc.constantFrom('EQ', 'LT', 'GT', 'LE', 'GE'),
      epoch,
      version: nonEmptyXmlText,
      release: nonEmptyXmlText,
    },
    { requiredKeys: ['name', 'flags', 'version'] },
  ),
);

const requirement: fc.Arbitrary<RpmRelation> = fc
  .tuple(relation, fc.boolean())
  .map(([entry, pre]) => (pre ? { ...entry, pre } : entry));

export const file: fc.Arbitrary<RpmFile> = fc.record({
  type: fc.constantFrom('file', 'dir', 'ghost'),
  path: fc
    .array(
      fc.oneof(
        fc.constantFrom('etc', 'usr', 'bin', 'sbin', 'lib', 'sendmail'),
        nonEmptyXmlText.map(text => text.replaceAll('/', '_')),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map(segments => `/${segments.join('/')}`),
});

const changelog: fc.Arbitrary<RpmChangelog> = fc.record({
  author: xmlText,
  time: count,
  text: xmlText,
});

const relationLists = Object.fromEntries(
  RELATION_KINDS.map(kind => [
    kind,
    fc.array(kind === 'requires' ? requirement : relation, { maxLength: 4 }),
  ]),
) as Record<(typeof RELATION_KINDS)[number], fc.Arbitrary<RpmRelation[]>>;

/** Any package that repository metadata can describe. */
export const rpmPackage: fc.Arbitrary<RpmPackage> = fc.record(
  {
    name: token,
    epoch,
    version: token,
    release: token,
    arch: fc.constantFrom('noarch', 'x86_64', 'src'),
    pkgId: digest,
    checksumType: fc.constantFrom('sha256', 'sha512', 'sha'),
    summary: xmlText,
    description: xmlText,
    packager: xmlText,
    url: xmlText,
    timeFile: count,
    timeBuild: count,
    sizePackage: count,
    sizeInstalled: count,
    sizeArchive: count,
    locationHref: nonEmptyXmlText,
    locationBase: nonEmptyXmlText,
    license: xmlText,
    vendor: xmlText,
    group: xmlText,
    buildhost: xmlText,
    sourcerpm: xmlText,
    headerStart: count,
    headerEnd: count,
    ...relationLists,
    files: fc.array(file, { maxLength: 6 }),
    changelogs: fc.array(changelog, { maxLength: 3 }),
  },
  { noNullPrototype: true },
);
