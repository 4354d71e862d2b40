import fc from 'fast-check';
import { Repomd } from '../repodata';
import { nonEmptyXmlText, xmlText } from './arbitraries';

const checksum = fc.record({
  type: fc.constantFrom('sha256', 'sha'),
  value: fc.stringMatching(/^[0-9a-f]{40,64}$/),
});

/** Any table of contents. */
export const repomd: fc.Arbitrary<Repomd> = fc.record(
  {
    revision: xmlText,
    tags: fc.record({
      content: fc.array(xmlText, { minLength: 1, maxLength: 2 }),
      repo: fc.array(xmlText, { maxLength: 2 }),
      distro: fc.array(
        fc.record(
          { cpeid: xmlText, name: xmlText },
          { requiredKeys: ['name'], noNullPrototype: true },
        ),
        { maxLength: 2 },
      ),
    }),
    records: fc.array(
      fc.record(
        {
          type: nonEmptyXmlText,
          locationHref: nonEmptyXmlText,
          locationBase: nonEmptyXmlText,
          checksum,
          openChecksum: checksum,
          size: fc.nat(),
          openSize: fc.nat(),
          timestamp: fc.nat(),
          databaseVersion: fc.nat(),
        },
        { requiredKeys: ['type', 'locationHref', 'checksum'] },
      ),
      { maxLength: 4 },
    ),
  },
  { requiredKeys: ['revision', 'records'] },
);
