import fc from 'fast-check';
import { advisory } from '../__testUtils__/advisoryArbitrary';
import { collect } from '../__testUtils__/metadata';
import { Advisory } from './Advisory';
import { advisoryDigest } from './advisoryDigest';
import { readUpdateinfo } from './readUpdateinfo';
import {
  UPDATEINFO_FOOTER,
  UPDATEINFO_HEADER,
  renderAdvisory,
} from './renderAdvisory';

async function read(...chunks: string[]): Promise<Advisory[]> {
  return (await collect(readUpdateinfo(chunks))).items;
}

async function readOne(content: string): Promise<Advisory> {
  const [only] = await read(
    `<updates><update><id>A-1</id>${content}</update></updates>`,
  );
  return only;
}

describe('readUpdateinfo', () => {
  it('reads back whatever renderAdvisory writes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(advisory, { maxLength: 3 }), async values => {
        const rendered = values.map(renderAdvisory);

        expect(
          await read(UPDATEINFO_HEADER, ...rendered, UPDATEINFO_FOOTER),
        ).toEqual(values);
      }),
    );
  });

  it('tells absent from empty', async () => {
    expect(await readOne('<title/><summary></summary><issued/>')).toEqual({
      id: 'A-1',
      title: '',
      summary: '',
      rebootSuggested: false,
      pkglist: [],
      references: [],
    });
  });

  it.each([
    ['', true],
    ['True', true],
    ['1', true],
    ['False', false],
    ['0', false],
  ])('takes reboot_suggested "%s" as %s', async (value, expected) => {
    const { rebootSuggested } = await readOne(
      `<reboot_suggested>${value}</reboot_suggested>`,
    );

    expect(rebootSuggested).toBe(expected);
  });

  it('joins package lists and drops a checksum of unknown kind', async () => {
    const { pkglist } = await readOne(`
      <pkglist><collection short="a"/></pkglist>
      <pkglist><collection><package name="bear"><sum>12</sum></package>
      <package name="wolf" epoch=""><sum type="sha256"> 34 </sum></package></collection></pkglist>`);

    expect(pkglist).toEqual([
      { shortname: 'a', packages: [] },
      {
        packages: [
          expect.not.objectContaining({ sum: expect.anything() }),
          expect.objectContaining({ epoch: '0', sum: '34', sumType: 'sha256' }),
        ],
      },
    ]);
  });

  it.each([
    ['<updates><update><title>x</title></update></updates>', 'without id'],
    [
      `<updates><update><id>${'x'.repeat(256)}</id></update></updates>`,
      'longer than 255 characters',
    ],
    ['<updates><update><id>A</id></update>', 'not well-formed XML'],
    ['<updates><update><id>&x;</id></update></updates>', 'undefined entity'],
    ['<metadata/>', 'has the root element <metadata> instead of <updates>'],
  ])('refuses %s', async (xml, message) => {
    await expect(read(xml)).rejects.toMatchObject({
      kind: 'updateinfo',
      message: expect.stringContaining(message),
    });
  });

  it('bounds the packages of one advisory', async () => {
    const endless = function* endless() {
      yield '<updates><update><id>A-1</id><pkglist><collection>';
      for (;;) {
        yield '<package/>'.repeat(1000);
      }
    };

    await expect(collect(readUpdateinfo(endless()))).rejects.toThrow(
      'updateinfo.xml has advisory "A-1" with more than 500000 packages',
    );
  });
});

describe('renderAdvisory', () => {
  const value: Advisory = {
    id: 'RHEA-2012:0055',
    fromstr: 'errata@example.com',
    status: 'stable',
    type: 'security',
    version: '1',
    title: 'Sea & birds',
    issuedDate: '2012-01-27 16:08:06',
    rebootSuggested: true,
    references: [{ href: 'https://example.com', type: 'self' }],
    pkglist: [
      {
        name: 'coll',
        shortname: '',
        module: {
          name: 'duck',
          stream: '0',
          version: '2018',
          context: 'deadbeef',
          arch: 'noarch',
        },
        packages: [
          {
            name: 'walrus',
            epoch: '0',
            version: '5.21',
            release: '1',
            arch: 'noarch',
            filename: 'walrus-5.21-1.noarch.rpm',
            sum: 'ab',
            sumType: 'sha256',
            rebootSuggested: false,
            restartSuggested: true,
            reloginSuggested: false,
          },
        ],
      },
    ],
  };

  it('writes the elements that clients look for', () => {
    expect(renderAdvisory(value)).toBe(
      `  <update from="errata@example.com" status="stable" type="security" version="1">
    <id>RHEA-2012:0055</id>
    <title>Sea &amp; birds</title>
    <issued date="2012-01-27 16:08:06"/>
    <reboot_suggested>True</reboot_suggested>
    <references>
      <reference href="https://example.com" type="self"/>
    </references>
    <pkglist>
      <collection short="">
        <name>coll</name>
        <module name="duck" stream="0" version="2018" context="deadbeef" arch="noarch"/>
        <package name="walrus" version="5.21" release="1" epoch="0" arch="noarch">
          <filename>walrus-5.21-1.noarch.rpm</filename>
          <sum type="sha256">ab</sum>
          <restart_suggested>True</restart_suggested>
        </package>
      </collection>
    </pkglist>
  </update>
`,
    );
  });

  it('leaves out a sum whose kind is not known', () => {
    const [{ packages }] = value.pkglist;
    const unknown = { ...packages[0], sumType: undefined };

    expect(
      renderAdvisory({ ...value, pkglist: [{ packages: [unknown] }] }),
    ).not.toContain('<sum');
  });
});

describe('advisoryDigest', () => {
  it('is the same for equal content and another one for any other', () => {
    fc.assert(
      fc.property(advisory, advisory, (a, b) => {
        const sameXml = renderAdvisory(a) === renderAdvisory(b);

        expect(advisoryDigest(structuredClone(a))).toBe(advisoryDigest(a));
        expect(advisoryDigest(a) === advisoryDigest(b)).toBe(sameXml);
      }),
    );
  });

  it('does not depend on the order of keys', () => {
    const a: Advisory = {
      id: 'A',
      title: 't',
      rebootSuggested: false,
      pkglist: [],
      references: [{ id: 'i', href: 'h' }],
    };
    const b: Advisory = {
      references: [{ href: 'h', id: 'i' }],
      pkglist: [],
      rebootSuggested: false,
      title: 't',
      id: 'A',
    };

    expect(advisoryDigest(a)).toBe(advisoryDigest(b));
  });
});
