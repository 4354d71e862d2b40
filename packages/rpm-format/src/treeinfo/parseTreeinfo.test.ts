import { parseTreeinfo, subRepositories } from './parseTreeinfo';

const MODERN = `
[header]
type = productmd.treeinfo
version = 1.2

[release]
name = Zoo Linux
short = ZL
version = 9
is_layered = true

[base_product]
name = Savanna
short = SV
version = 3

[tree]
arch = x86_64
build_timestamp = 1700000000.25
platforms = x86_64,xen
variants = Server

[variant-Server]
id = Server
uid = Server
name = Zoo Server
type = variant
packages = Packages
repository = .
addons = Server-Night
source_packages = ../source/Packages
source_repository = ../source
identity = 9.pem

[addon-Server-Night]
id = Night
uid = Server-Night
name = Night Animals
type = addon
packages = addons/Night/Packages
repository = addons/Night

[images-x86_64]
kernel = images/pxeboot/vmlinuz
boot.iso = images/boot.iso

[images-xen]
kernel = images/pxeboot/vmlinuz

[stage2]
mainimage = images/install.img

[media]
discnum = 1
totaldiscs = 2

[checksums]
images/boot.iso = sha256:aa
./images//install.img = sha256:bb
repodata/repomd.xml = sha256:cc
EULA = sha256:dd
`;

const OLD = `
[general]
family = Zoo
version = 5.2
arch = i386
timestamp = 1200000000
variant = Client
packagedir = Client
totaldiscs = 1

[images-i386]
boot.iso = images/boot.iso

[checksums]
images/boot.iso = md5:ff

[variant-Client]
id = Client
repository = Client/repodata
`;

const plainImage = { platforms: [] };

describe('parseTreeinfo', () => {
  it('reads the format of productmd', () => {
    const tree = parseTreeinfo(MODERN);
    expect(tree).toMatchObject({
      headerVersion: '1.2',
      release: {
        name: 'Zoo Linux',
        short: 'ZL',
        version: '9',
        isLayered: true,
      },
      baseProduct: { name: 'Savanna', short: 'SV', version: '3' },
      arch: 'x86_64',
      buildTimestamp: 1700000000.25,
      mainimage: 'images/install.img',
      instimage: undefined,
      discnum: 1,
      totaldiscs: 2,
      variants: [
        {
          id: 'Server',
          uid: 'Server',
          name: 'Zoo Server',
          type: 'variant',
          packages: 'Packages',
          repository: '',
          sourceRepository: '../source',
          debugRepository: undefined,
          identity: '9.pem',
        },
      ],
      addons: [
        {
          id: 'Night',
          uid: 'Server-Night',
          type: 'addon',
          repository: 'addons/Night',
        },
      ],
      checksums: [
        { path: 'images/boot.iso', type: 'sha256', value: 'aa' },
        { path: 'images/install.img', type: 'sha256', value: 'bb' },
        { path: 'repodata/repomd.xml', type: 'sha256', value: 'cc' },
        { path: 'EULA', type: 'sha256', value: 'dd' },
      ],
    });
    expect(subRepositories(tree)).toEqual(['addons/Night']);
  });

  it('gives each file of the tree an entry, and metadata none', () => {
    expect(parseTreeinfo(MODERN).images).toEqual([
      {
        name: 'kernel',
        path: 'images/pxeboot/vmlinuz',
        platforms: ['x86_64', 'xen'],
      },
      { name: 'boot.iso', path: 'images/boot.iso', platforms: ['x86_64'] },
      { ...plainImage, name: 'mainimage', path: 'images/install.img' },
      { ...plainImage, name: 'EULA', path: 'EULA' },
    ]);
  });

  it('reads what was written before that', () => {
    const tree = parseTreeinfo(OLD);
    expect(tree).toMatchObject({
      headerVersion: '0.0',
      release: { name: 'Zoo', short: '', version: '5.2', isLayered: false },
      baseProduct: undefined,
      arch: 'i386',
      buildTimestamp: 1_200_000_000,
      discnum: undefined,
      totaldiscs: 1,
      variants: [{ id: 'Client', type: 'variant', repository: 'Client' }],
      addons: [],
    });
    expect(subRepositories(tree)).toEqual(['Client']);
  });

  it('takes the variant that old files only name for the main repository', () => {
    const tree = parseTreeinfo(
      '[general]\narch = ppc\nvariant = Desktop\npackagedir = Pkgs',
    );
    expect(tree.variants).toMatchObject([
      { uid: 'Desktop', repository: '', packages: 'Pkgs' },
    ]);
    expect(subRepositories(tree)).toEqual([]);
  });

  it('makes nothing of numbers that are none', () => {
    const tree = parseTreeinfo(
      '[general]\narch = ppc\ntimestamp = soon\ndiscnum = 9999999999999',
    );
    expect(tree).toMatchObject({ buildTimestamp: 0, discnum: undefined });
  });

  it.each([
    ['', 'names no architecture'],
    ['[tree]\narch =', 'names no architecture'],
    ['<html>', 'cannot be understood in line 1'],
    [`[tree]\narch = ${'x'.repeat(2 ** 20)}`, 'is longer than'],
  ])('refuses %.20j', (text, problem) => {
    expect(() => parseTreeinfo(text)).toThrow(problem);
  });

  it.each([
    ['variant-a', './a//b/', 'a/b'],
    ['variant-a', 'a/../b', 'b'],
    ['variant-a', '../b', '../b'],
    ['variant-a', '/b', '/b'],
    ['variant-a', './repodata', ''],
  ])('%s with the repository %j has the folder %j', (section, path, folder) => {
    const { variants } = parseTreeinfo(
      `[tree]\narch = x\n[${section}]\nrepository = ${path}`,
    );
    expect(variants[0].repository).toBe(folder);
  });
});
