import fc from 'fast-check';
import { Advisory } from '../updateinfo';
import { nonEmptyXmlText, xmlText } from './arbitraries';

const optional = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { requiredKeys: [], noNullPrototype: true });

/** Advisories with these texts. */
function advisoryOf(text: fc.Arbitrary<string>): fc.Arbitrary<Advisory> {
  const advisoryPackage = fc
    .tuple(
      fc.record({
        name: text,
        epoch: fc.nat({ max: 9 }).map(String),
        version: text,
        release: text,
        arch: text,
        rebootSuggested: fc.boolean(),
        restartSuggested: fc.boolean(),
        reloginSuggested: fc.boolean(),
      }),
      optional({ src: text, filename: text }),
      fc.constantFrom({}, { sum: 'ab12', sumType: 'sha256' }),
    )
    .map(([required, texts, sum]) => ({ ...required, ...texts, ...sum }));

  const collection = fc
    .tuple(
      fc.record({ packages: fc.array(advisoryPackage, { maxLength: 3 }) }),
      optional({
        name: text,
        shortname: text,
        module: fc.record({
          name: text,
          stream: text,
          version: fc.nat().map(String),
          context: text,
          arch: text,
        }),
      }),
    )
    .map(parts => Object.assign({}, ...parts));

  return fc
    .tuple(
      fc.record({
        id: nonEmptyXmlText,
        rebootSuggested: fc.boolean(),
        pkglist: fc.array(collection, { maxLength: 2 }),
        references: fc.array(
          optional({ href: text, id: text, type: text, title: text }),
          { maxLength: 2 },
        ),
      }),
      optional({
        fromstr: text,
        status: text,
        type: text,
        version: text,
        title: text,
        issuedDate: text,
        updatedDate: text,
        rights: text,
        release: text,
        pushcount: text,
        severity: text,
        summary: text,
        description: text,
        solution: text,
      }),
    )
    .map(parts => Object.assign({}, ...parts));
}

/** Any advisory that updateinfo.xml can describe. */
export const advisory = advisoryOf(xmlText);

/** Advisories without empty texts, which createrepo_c takes for absent. */
export const advisoryWithoutEmptyTexts = advisoryOf(nonEmptyXmlText);
