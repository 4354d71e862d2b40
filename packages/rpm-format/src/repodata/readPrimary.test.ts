import {
  collect,
  createPackage,
  renderPackages,
} from '../__testUtils__/metadata';
import { renderPackage } from './renderPackage';
import { readPrimary } from './readPrimary';

const wrap = (packages: string) =>
  `<?xml version="1.0"?><metadata>${packages}</metadata>`;

const walrus = renderPackage('primary', createPackage());

async function read(...chunks: (string | Uint8Array)[]) {
  return (await collect(readPrimary(chunks))).items;
}

describe('readPrimary', () => {
  it('needs no package count and skips what it does not know', async () => {
    const extended = walrus
      .replace(
        '<name>',
        '<x:name>other</x:name><eula><name>no</name></eula><name>',
      )
      .replace('</format>', '<rpm:new><file>/no</file></rpm:new></format>');

    expect(await read(wrap(`<!-- hi --><note/>${extended}`))).toEqual([
      createPackage(),
    ]);
  });

  it('joins text that is interrupted by comments and CDATA sections', async () => {
    const summary =
      '<summary>A<!-- x --> &amp; <![CDATA[<B>]]>&#x21;</summary>';
    const [pkg] = await read(
      wrap(walrus.replace(/<summary>.*<\/summary>/, summary)),
    );

    expect(pkg.summary).toBe('A & <B>!');
  });

  it('replaces bytes that are not UTF-8 instead of failing', async () => {
    const xml = wrap(walrus.replace(/<summary>.*?</, '<summary>Caf\xe9<'));
    const [pkg] = await read(Buffer.from(xml, 'latin1'));

    expect(pkg.summary).toBe('Caf\ufffd');
  });

  it('honours the encoding that the document declares', async () => {
    const xml = wrap(walrus.replace(/<summary>.*?</, '<summary>Caf\xe9<'));
    const declared = xml.replace('?>', ' encoding="ISO-8859-1"?>');
    const [pkg] = await read(Buffer.from(declared, 'latin1'));

    expect(pkg.summary).toBe('Café');
    await expect(
      read(Buffer.from(declared.replace('ISO-8859-1', 'klingon'))),
    ).rejects.toThrow(
      'primary.xml is in the unknown character encoding "klingon"',
    );
  });

  it('gives file paths one spelling and leaves those of source packages alone', async () => {
    const files =
      '<file type="dir">/etc//walrus/</file><file type="x">/</file><file>walrus.spec</file><file></file>';
    const [pkg] = await read(wrap(walrus.replace(/<file>.*<\/file>/, files)));

    expect(pkg.files).toEqual([
      { type: 'dir', path: '/etc/walrus' },
      { type: 'file', path: '/' },
      { type: 'file', path: 'walrus.spec' },
    ]);
  });

  it('takes a version only together with a comparison', async () => {
    const entries =
      '<rpm:entry name="a" ver="1"/><rpm:entry name="b" flags="GE" epoch="" ver="1" rel="" pre="0"/><rpm:entry name="c" pre="1"/>';
    const [pkg] = await read(wrap(walrus.replace(/<rpm:entry[^>]*>/, entries)));

    expect(pkg.provides).toEqual([
      { name: 'a' },
      { name: 'b', flags: 'GE', version: '1' },
      { name: 'c', pre: true },
    ]);
  });

  it('yields packages while the file is still arriving', async () => {
    let arrived = 0;
    const packages = Array.from({ length: 100 }, () => walrus);
    const source = function* source() {
      yield '<metadata>';
      for (const pkg of packages) {
        arrived++;
        yield pkg;
      }
      yield '</metadata>';
    };
    const reader = readPrimary(source());

    await reader.next();

    expect(arrived).toBe(1);
    await reader.return(undefined);
  });

  it('gives other work of the process its turn', async () => {
    const xml = renderPackages(
      'primary',
      Array.from({ length: 1000 }, () => createPackage()),
    );
    let turns = 0;
    let reading = true;
    const countTurns = () => {
      turns++;
      if (reading) {
        setImmediate(countTurns);
      }
    };
    setImmediate(countTurns);

    await read(xml);
    reading = false;

    expect(turns).toBeGreaterThan(2);
  });
});

describe('readPrimary on hostile input', () => {
  it.each([
    ['nothing', '', /is not well-formed XML: line 1: document must contain/],
    ['a web page', '<html></html>', /has the root element <html> instead of/],
    ['text', 'Not found', /is not well-formed XML/],
    ['mismatched tags', '<metadata><a></metadata>', /not well-formed/],
    ['an end in a package', wrap(walrus).slice(0, 400), /unclosed tag/],
    ['an end in a tag', wrap(walrus).slice(0, 60), /not well-formed/],
    ['two documents', wrap('') + wrap(''), /not well-formed/],
    ['a control character', wrap('<a>\x01</a>'), /disallowed character/],
    ['an unknown entity', wrap('<a>&nbsp;</a>'), /undefined entity/],
    ['an inherited property', wrap('<a>&constructor;</a>'), /undefined entity/],
  ])('names the problem with %s', async (_what, xml, message) => {
    await expect(read(xml)).rejects.toMatchObject({
      name: 'RepodataError',
      kind: 'primary',
      message: expect.stringMatching(message),
    });
  });

  it('neither defines nor expands entities', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE metadata [
      <!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
      <!ENTITY file SYSTEM "file:///etc/passwd">]>`;

    await expect(
      read(`${bomb}<metadata><package><name>&b;</name></package></metadata>`),
    ).rejects.toThrow(/undefined entity/);
    await expect(
      read(
        `${bomb}<metadata><package><name>&file;</name></package></metadata>`,
      ),
    ).rejects.toThrow(/undefined entity/);
  });

  it('bounds nesting', async () => {
    await expect(read('<metadata>', '<a>'.repeat(1000))).rejects.toThrow(
      'primary.xml has elements nested deeper than 64 levels',
    );
  });

  it('bounds the attributes of an element', async () => {
    const attributes = Array.from({ length: 300 }, (_, i) => `a${i}=""`);

    await expect(
      read(wrap(`<package ${attributes.join(' ')}/>`)),
    ).rejects.toThrow(
      'primary.xml has an element with more than 256 attributes',
    );
  });

  it('bounds what is held for one package', async () => {
    const endless = function* endless() {
      yield '<metadata><package><description>';
      for (;;) {
        yield 'a'.repeat(64 * 1024);
      }
    };

    await expect(collect(readPrimary(endless()))).rejects.toThrow(
      /^primary.xml has (an entry|a text) of more than \d+ characters$/,
    );
  });

  it('bounds the relations of one package', async () => {
    const endless = function* endless() {
      yield '<metadata><package><name>bear</name><format><rpm:requires>';
      for (;;) {
        yield '<rpm:entry name="a"/>'.repeat(1000);
      }
    };

    await expect(collect(readPrimary(endless()))).rejects.toThrow(
      'primary.xml has package 1 (bear) with more than 200000 relations',
    );
  });

  it.each([
    ['<name>walrus</name>', '', 'has package 1 without name'],
    ['<name>walrus<', '<name>../walrus<', 'impossible name "../walrus"'],
    ['<arch>noarch</arch>', '', 'package 1 (walrus) without architecture'],
    ['ver="5.21"', '', 'package 1 (walrus) without version'],
    ['>walrus<', `>${'w'.repeat(256)}<`, 'impossible name "www'],
    ['rel="1"', 'rel="1 2"', 'impossible release "1 2"'],
    ['epoch="0"', 'epoch="x"', 'impossible epoch "x"'],
    ['pkgid="YES"', 'pkgid="NO"', 'without checksum'],
    [/>abab.*</, '>../../etc/passwd<', 'impossible checksum'],
    [' type="sha256"', '', 'without a checksum type'],
    [/<location.*>/, '', 'without a location'],
    [
      'build="1331831364"',
      'build="soon"',
      'has for package 1 (walrus) the build time "soon", which is not a whole number',
    ],
    ['package="2445"', 'package="-1"', 'the size "-1", which is not a whole'],
    ['flags="EQ"', 'flags="!="', 'with the unknown comparison "!="'],
    ['entry name="walrus"', 'entry', 'an entry without a name in its provides'],
  ])('refuses a package in which %s is %j', async (part, broken, message) => {
    const changed = walrus.replace(part, broken);
    expect(changed).not.toBe(walrus);

    await expect(read(wrap(changed))).rejects.toThrow(message);
  });
});
