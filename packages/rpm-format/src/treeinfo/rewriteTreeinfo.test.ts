import { rewriteTreeinfo } from './rewriteTreeinfo';

const repository = (folder: string, value: string) => ({
  repository: folder,
  packages: `${folder && `${folder}/`}Packages`,
  checksum: { type: 'sha512', value },
});

describe('rewriteTreeinfo', () => {
  it('says where things are now, and leaves the rest', () => {
    const text = `[general]
packagedir = Server
repository = Server/repodata

[tree]
arch = x86_64

[variant-Server]
repository = ./repodata
packages = Server
debug_repository = ../debug

[addon-Night]
repository = addons/Night
packages = addons/Night

[variant-Elsewhere]
repository = ../elsewhere
packages = ../elsewhere/Packages

[checksums]
images/boot.iso = sha256:aa
repodata/repomd.xml = sha256:bb
addons/Gone/repodata/repomd.xml = sha256:cc

[unknown]
Key = Value
`;
    expect(
      rewriteTreeinfo(text, [
        repository('', 'dd'),
        repository('addons/Night', 'ee'),
      ]),
    ).toBe(`[general]
packagedir = Packages
repository = .

[tree]
arch = x86_64

[variant-Server]
repository = .
packages = Packages

[addon-Night]
repository = addons/Night
packages = addons/Night/Packages

[variant-Elsewhere]
repository = ../elsewhere
packages = ../elsewhere/Packages

[checksums]
images/boot.iso = sha256:aa
repodata/repomd.xml = sha512:dd
addons/Night/repodata/repomd.xml = sha512:ee

[unknown]
Key = Value
`);
  });

  it('adds the checksum that was not there', () => {
    expect(rewriteTreeinfo('[tree]\narch = x', [repository('', 'dd')])).toBe(
      '[tree]\narch = x\n\n[checksums]\nrepodata/repomd.xml = sha512:dd\n',
    );
  });
});
