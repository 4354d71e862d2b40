import fc from 'fast-check';
import { repomd } from '../__testUtils__/repomdArbitrary';
import { parseRepomd } from './parseRepomd';
import { renderRepomd } from './renderRepomd';

const xml = renderRepomd({
  revision: '1700000000',
  records: [
    {
      type: 'primary',
      locationHref: 'repodata/primary.xml.gz',
      checksum: { type: 'sha256', value: 'ab12' },
      size: 10,
      timestamp: 1700000000,
    },
  ],
});

describe('parseRepomd', () => {
  it('reads back whatever renderRepomd writes', () => {
    fc.assert(
      fc.property(repomd, value => {
        expect(parseRepomd(renderRepomd(value))).toEqual(value);
      }),
    );
  });

  it('reads bytes, trims checksums and drops fractions of seconds', () => {
    const old = xml
      .replace('ab12', '\n  ab12\n')
      .replace('<timestamp>1700000000', '<timestamp>1700000000.25');

    expect(parseRepomd(Buffer.from(old)).records).toEqual([
      {
        type: 'primary',
        locationHref: 'repodata/primary.xml.gz',
        checksum: { type: 'sha256', value: 'ab12' },
        size: 10,
        timestamp: 1700000000,
      },
    ]);
  });

  it.each([
    [xml, '', 'repomd.xml is not well-formed XML'],
    ['</repomd>', '', 'repomd.xml is not well-formed XML'],
    [/repomd/g, 'html', 'repomd.xml has the root element <html>'],
    [' type="primary"', '', 'repomd.xml has an entry without a type'],
    [/<location.*>/, '', 'repomd.xml has no location for "primary"'],
    [/<checksum.*>/, '', 'repomd.xml has no checksum for "primary"'],
    ['ab12', ' ', 'has a checksum without a type or value for "primary"'],
    ['<size>10', '<size>ten', 'has for "primary" the size "ten"'],
  ])('names the problem when %s becomes %j', (part, broken, message) => {
    expect(() => parseRepomd(xml.replace(part, broken))).toThrow(message);
  });
});
