import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { advisoryWithoutEmptyTexts } from '../__testUtils__/advisoryArbitrary';
import { rpmPackage } from '../__testUtils__/arbitraries';
import { ordinaryCompsUnit } from '../__testUtils__/compsArbitrary';
import { collect, renderPackages } from '../__testUtils__/metadata';
import { CompsUnit, readComps, renderComps } from '../comps';
import { describeWithTool } from '../testing/describeWithTool';
import {
  UPDATEINFO_FOOTER,
  UPDATEINFO_HEADER,
  readUpdateinfo,
  renderAdvisory,
} from '../updateinfo';
import { PackageMetadataKind } from './PackageEntry';
import { parseRepomd } from './parseRepomd';
import { renderPackage } from './renderPackage';
import { renderRepomd } from './renderRepomd';
import { Repomd } from './Repomd';

const PYTHON = '/usr/bin/python3';
const SCRIPT = resolve(__dirname, '../__testUtils__/rereadMetadata.py');

interface Reread extends Record<PackageMetadataKind, string[]> {
  warnings: string[];
  updateinfo: string;
  repomd: string;
  comps: string;
}

const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number) =>
  fc.sample(arbitrary, { numRuns, seed: 20 });

/**
 * Undoes two habits of createrepo_c 0.17: it writes other than ASCII characters of attributes as
 * references, and it reads an ampersand in them as the reference `&#38;`.
 */
const normalise = (xml: string) =>
  xml
    .replace(/&#x([0-9A-F]+);/g, (_, code) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    )
    .replaceAll('&amp;#38;', '&amp;');

const packages = sample(rpmPackage, 200);
const advisories = sample(advisoryWithoutEmptyTexts, 100);
const units = orderUnits(sample(ordinaryCompsUnit, 100));
const contents: Repomd = {
  revision: '1700000000',
  tags: {
    content: ['binary-x86_64'],
    repo: ['Fedora & others'],
    distro: [{ cpeid: 'cpe:/o:example:1', name: 'Example 1' }],
  },
  records: ['primary', 'primary_db'].map(type => ({
    type,
    locationHref: `repodata/${type}.xml.gz`,
    locationBase: 'https://example.com/',
    checksum: { type: 'sha256', value: 'ab'.repeat(32) },
    openChecksum: { type: 'sha256', value: 'cd'.repeat(32) },
    size: 10,
    openSize: 100,
    timestamp: 1700000001,
    ...(type === 'primary_db' ? { databaseVersion: 10 } : {}),
  })),
};

/** As libcomps writes units: by kind, with a single element for all langpacks. */
function orderUnits(all: CompsUnit[]): CompsUnit[] {
  const of = (kind: CompsUnit['kind']) =>
    all.filter(unit => unit.kind === kind);
  return [
    ...of('group'),
    ...of('category'),
    ...of('environment'),
    ...of('langpacks').slice(0, 1),
  ];
}

describeWithTool(
  'python3-createrepo-c with python3-libcomps',
  'metadata as createrepo_c and libcomps read and write it',
  () => {
    let reread: Reread;

    beforeAll(() => {
      const folder = mkdtempSync(join(tmpdir(), 'rpm-format-'));
      const write = (name: string, content: string) =>
        writeFileSync(join(folder, name), content);
      write('primary.xml', renderPackages('primary', packages));
      write('filelists.xml', renderPackages('filelists', packages));
      write('other.xml', renderPackages('other', packages));
      write(
        'updateinfo.xml',
        [
          UPDATEINFO_HEADER,
          ...advisories.map(renderAdvisory),
          UPDATEINFO_FOOTER,
        ].join(''),
      );
      write('repomd.xml', renderRepomd(contents));
      write('comps.xml', renderComps(units));
      const json = execFileSync(PYTHON, [SCRIPT, folder], {
        maxBuffer: 64 * 1024 * 1024,
      });
      reread = JSON.parse(json.toString());
      rmSync(folder, { recursive: true });
    });

    it('is accepted without a warning', () => {
      expect(reread.warnings).toEqual([]);
    });

    it.each(['primary', 'filelists', 'other'] as const)(
      'has the same bytes for each package in %s',
      kind => {
        expect(reread[kind].map(normalise)).toEqual(
          packages.map(pkg => renderPackage(kind, pkg)),
        );
      },
    );

    it('says the same of every advisory', async () => {
      const { items } = await collect(
        readUpdateinfo([normalise(reread.updateinfo)]),
      );

      expect(items).toEqual(advisories);
    });

    it('has the same table of contents', () => {
      expect(parseRepomd(normalise(reread.repomd))).toEqual(contents);
    });

    it('defines the same groups, categories, environments and langpacks', async () => {
      const { items } = await collect(readComps([reread.comps]));

      expect(items).toEqual(units);
    });
  },
  [PYTHON, '-c', 'import createrepo_c, libcomps'],
);
