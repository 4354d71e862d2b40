import fc from 'fast-check';
import {
  createPackage,
  readAllPackages,
  renderPackages,
} from '../__testUtils__/metadata';
import { renderPackage } from './renderPackage';

const kinds = ['primary', 'filelists', 'other'] as const;

describe('renderPackage', () => {
  it('renders an entry of primary.xml', () => {
    const pkg = createPackage({
      locationBase: 'https://example.com/?a&b',
      requires: [
        { name: 'whale', flags: 'GE', epoch: '0', version: '1', pre: true },
        { name: '(bear if "lion")' },
      ],
    });

    expect(renderPackage('primary', pkg)).toBe(`<package type="rpm">
  <name>walrus</name>
  <arch>noarch</arch>
  <version epoch="0" ver="5.21" rel="1"/>
  <checksum type="sha256" pkgid="YES">${pkg.pkgId}</checksum>
  <summary>A dummy package of walrus</summary>
  <description>A dummy package of walrus</description>
  <packager></packager>
  <url>https://example.com/walrus</url>
  <time file="1331831368" build="1331831364"/>
  <size package="2445" installed="42" archive="296"/>
  <location xml:base="https://example.com/?a&amp;b" href="walrus-5.21-1.noarch.rpm"/>
  <format>
    <rpm:license>GPLv2</rpm:license>
    <rpm:vendor></rpm:vendor>
    <rpm:group>Internet/Applications</rpm:group>
    <rpm:buildhost>builder.example.com</rpm:buildhost>
    <rpm:sourcerpm>walrus-5.21-1.src.rpm</rpm:sourcerpm>
    <rpm:header-range start="872" end="2313"/>
    <rpm:provides>
      <rpm:entry name="walrus" flags="EQ" epoch="0" ver="5.21" rel="1"/>
    </rpm:provides>
    <rpm:requires>
      <rpm:entry name="whale" flags="GE" epoch="0" ver="1" pre="1"/>
      <rpm:entry name="(bear if &quot;lion&quot;)"/>
    </rpm:requires>
    <file>/etc/walrus.conf</file>
  </format>
</package>
`);
  });

  it('lists in primary only the files that dependencies usually name', () => {
    const listed = [
      '/etc/a',
      '/usr/bin/a',
      '/opt/a/sbin/b',
      '/usr/lib/sendmail',
    ];
    const unlisted = ['/etc', '/usr/bin', '/usr/lib/sendmail2', '/usr/share/a'];
    const rendered = renderPackage(
      'primary',
      createPackage({
        files: [...listed, ...unlisted].map(path => ({ type: 'file', path })),
      }),
    );

    expect(rendered.match(/(?<=<file>).*(?=<)/g)).toEqual(listed);
  });

  it('marks directories and ghosts', () => {
    const rendered = renderPackage(
      'filelists',
      createPackage({
        files: [
          { type: 'dir', path: '/etc/a' },
          { type: 'ghost', path: '/etc/b' },
          { type: 'file', path: '/etc/<c>' },
        ],
      }),
    );

    expect(rendered).toContain(`  <file type="dir">/etc/a</file>
  <file type="ghost">/etc/b</file>
  <file>/etc/&lt;c&gt;</file>
`);
  });

  it('leaves out characters that would make the file unreadable', async () => {
    const nasty = fc
      .string({ unit: 'binary' })
      .map(text => `a${text}\x00\ud800\uffff`);
    await fc.assert(
      fc.asyncProperty(nasty, async text => {
        const pkg = createPackage({
          summary: text,
          provides: [{ name: text }],
          changelogs: [{ author: text, time: 1, text }],
        });
        const [primary, filelists, other] = kinds.map(kind => [
          renderPackages(kind, [pkg]),
        ]);
        const [read] = await readAllPackages({ primary, filelists, other });
        const kept = [...text]
          .filter(char =>
            /[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(char),
          )
          .join('');

        expect(read.summary).toBe(kept);
        expect(read.provides).toEqual([{ name: kept }]);
        expect(read.changelogs).toEqual([
          { author: kept, time: 1, text: kept },
        ]);
      }),
    );
  });

  it('writes valid metadata without packages', async () => {
    const [primary, filelists, other] = kinds.map(kind => [
      renderPackages(kind, []),
    ]);

    expect(await readAllPackages({ primary, filelists, other })).toEqual([]);
  });
});
