import fc from 'fast-check';
import { COMPS_PACKAGE_TYPES, CompsPackageType, CompsUnit } from '../comps';
import { nonEmptyXmlText, xmlText } from './arbitraries';

const withOptional = <T, O>(
  required: { [K in keyof T]: fc.Arbitrary<T[K]> },
  optional: { [K in keyof O]: fc.Arbitrary<O[K]> },
) =>
  fc
    .tuple(fc.record(required), fc.record(optional, { requiredKeys: [] }))
    .map(([a, b]) => ({ ...a, ...b }));

/** Units with these free texts, and with these where there must be one. */
function compsUnitOf(
  text: fc.Arbitrary<string>,
  nonEmpty: fc.Arbitrary<string>,
  packageTypes: readonly CompsPackageType[],
): fc.Arbitrary<CompsUnit> {
  const id = nonEmpty.map(any => any.trim()).filter(any => any !== '');
  const texts = {
    id,
    name: text,
    description: text,
    nameByLang: fc.dictionary(nonEmpty, text, { maxKeys: 3 }),
    descByLang: fc.dictionary(nonEmpty, text, { maxKeys: 3 }),
  };
  const displayOrder = { displayOrder: fc.nat({ max: 9999 }) };
  const groups = fc.array(fc.record({ id, default: fc.boolean() }), {
    maxLength: 3,
  });
  const members = fc.array(
    withOptional(
      {
        name: id,
        type: fc.constantFrom(...packageTypes),
        baseArchOnly: fc.boolean(),
      },
      { requires: nonEmpty },
    ),
    { maxLength: 4 },
  );
  return fc.oneof(
    withOptional(
      {
        kind: fc.constant('group' as const),
        ...texts,
        default: fc.boolean(),
        userVisible: fc.boolean(),
        biarchOnly: fc.boolean(),
        packages: members,
      },
      { ...displayOrder, langOnly: id },
    ),
    withOptional(
      { kind: fc.constant('category' as const), ...texts, groups },
      displayOrder,
    ),
    withOptional(
      {
        kind: fc.constant('environment' as const),
        ...texts,
        groups,
        optionalGroups: groups,
      },
      displayOrder,
    ),
    fc.record({
      kind: fc.constant('langpacks' as const),
      matches: fc.dictionary(nonEmpty, nonEmpty, { minKeys: 1, maxKeys: 3 }),
    }),
  ) as fc.Arbitrary<CompsUnit>;
}

/** Anything that a comps file can define. */
export const compsUnit = compsUnitOf(
  xmlText,
  nonEmptyXmlText,
  COMPS_PACKAGE_TYPES,
);

const word = fc.string({
  unit: fc.constantFrom(...'abc012-_&<>"é'),
  minLength: 1,
  maxLength: 8,
});

/** Units as distributions have them, with nothing that libcomps crashes on or takes for absent. */
export const ordinaryCompsUnit = compsUnitOf(word, word, [
  'mandatory',
  'default',
  'optional',
  'conditional',
]);
