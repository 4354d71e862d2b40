import { COMPS_PACKAGE_TYPES, type CompsUnit } from '@rpmportal/rpm-format';
import fc from 'fast-check';

/** Any text that XML can express, rich in characters that need care. */
export const text = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(...'ab &<>"\'\r\n\t]é\u2028\u{1f600}'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 12,
  })
  .map(any =>
    any.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''),
  );

export const nonEmptyText = text.filter(any => any !== '');

const nullableText = fc.option(text, { nil: null });

const advisoryPackage = fc
  .record({
    name: nonEmptyText,
    epoch: fc.nat({ max: 9 }).map(String),
    version: text,
    release: text,
    arch: text,
    src: nullableText,
    filename: nullableText,
    reboot_suggested: fc.boolean(),
    restart_suggested: fc.boolean(),
    relogin_suggested: fc.boolean(),
  })
  .chain(pkg =>
    fc
      .constantFrom(
        { sum: null, sum_type: null },
        { sum: 'ab12', sum_type: 'sha256' },
      )
      .map(sum => ({ ...pkg, ...sum })),
  );

const collection = fc.record({
  name: nonEmptyText,
  shortname: nullableText,
  module: fc.option(
    fc.record({
      name: nonEmptyText,
      stream: nonEmptyText,
      version: fc.nat().map(String),
      context: text,
      arch: text,
    }),
    { nil: null },
  ),
  packages: fc.array(advisoryPackage, { maxLength: 3 }),
});

/** Any advisory that updateinfo.xml can describe, as the API shows it and takes it. */
export const advisoryDocument = fc.record({
  id: nonEmptyText,
  updated_date: nonEmptyText,
  issued_date: nonEmptyText,
  fromstr: nullableText,
  status: nullableText,
  type: nullableText,
  version: nullableText,
  title: nullableText,
  rights: nullableText,
  release: nullableText,
  pushcount: nullableText,
  severity: nullableText,
  summary: nullableText,
  description: nullableText,
  solution: nullableText,
  reboot_suggested: fc.boolean(),
  references: fc.array(
    fc.record({
      href: nullableText,
      id: nullableText,
      title: nullableText,
      type: nullableText,
    }),
    { maxLength: 2 },
  ),
  pkglist: fc.uniqueArray(collection, {
    maxLength: 2,
    selector: ({ name }) => name,
  }),
});

/** A part of what names a module's build. */
const token = fc.string({
  unit: fc.constantFrom(...'abXY09._+~^-<&">é'),
  minLength: 1,
  maxLength: 12,
});

const printable = fc.string({ unit: fc.constantFrom(...'ab 1:#-{}"é') });

const listsByName = fc.dictionary(token, fc.array(token, { maxLength: 3 }), {
  maxKeys: 3,
  noNullPrototype: true,
});

/** The data of any module, with every key that the API shows. */
export const moduleData = fc.record({
  name: token,
  stream: token,
  version: fc.nat().map(String),
  context: token,
  arch: token,
  summary: printable,
  description: printable,
  license: fc.constant({ module: ['MIT'] }),
  dependencies: fc.array(
    fc.record({ requires: listsByName, buildrequires: listsByName }),
    { maxLength: 2 },
  ),
  profiles: fc.dictionary(
    token,
    fc.record({ rpms: fc.array(token, { maxLength: 3 }) }),
    { maxKeys: 3, noNullPrototype: true },
  ),
  artifacts: fc.record({
    rpms: fc.array(
      fc.tuple(token, fc.nat()).map(([name, n]) => `${name}-0:${n}-1.noarch`),
      { maxLength: 3 },
    ),
  }),
});

const trimmedText = nonEmptyText
  .map(any => any.trim())
  .filter(any => any !== '');

const translations = fc.dictionary(nonEmptyText, text, {
  maxKeys: 2,
  noNullPrototype: true,
});

const texts = {
  id: trimmedText,
  name: text,
  description: text,
  nameByLang: translations,
  descByLang: translations,
  displayOrder: fc.option(fc.nat({ max: 9999 }), { nil: undefined }),
};

const groups = fc.array(fc.record({ id: trimmedText, default: fc.boolean() }), {
  maxLength: 3,
});

/** Anything that a comps file can define. */
export const compsUnit: fc.Arbitrary<CompsUnit> = fc.oneof(
  fc.record({
    kind: fc.constant('group' as const),
    ...texts,
    default: fc.boolean(),
    userVisible: fc.boolean(),
    biarchOnly: fc.boolean(),
    packages: fc.array(
      fc.record({
        name: trimmedText,
        type: fc.constantFrom(...COMPS_PACKAGE_TYPES),
        baseArchOnly: fc.boolean(),
        requires: fc.option(nonEmptyText, { nil: undefined }),
      }),
      { maxLength: 3 },
    ),
  }),
  fc.record({ kind: fc.constant('category' as const), ...texts, groups }),
  fc.record({
    kind: fc.constant('environment' as const),
    ...texts,
    groups,
    optionalGroups: groups,
  }),
  fc.record({
    kind: fc.constant('langpacks' as const),
    matches: fc.dictionary(nonEmptyText, nonEmptyText, {
      minKeys: 1,
      maxKeys: 3,
      noNullPrototype: true,
    }),
  }),
);
