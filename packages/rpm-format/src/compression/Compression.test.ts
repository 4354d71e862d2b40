import { compressionOfFileName, detectCompression } from './Compression';

describe('compressionOfFileName', () => {
  it.each([
    ['repodata/ab-primary.xml.gz', 'gz'],
    ['primary.xml.zst', 'zstd'],
    ['modules.yaml.xz', 'xz'],
    ['updateinfo.xml.bz2', 'bz2'],
    ['comps.xml', 'none'],
    ['primary.xml.zck', 'none'],
    ['repomd', 'none'],
    ['constructor', 'none'],
    ['', 'none'],
  ])('takes %j for %s', (name, compression) => {
    expect(compressionOfFileName(name)).toBe(compression);
  });
});

describe('detectCompression', () => {
  it.each([
    ['1f8b0800', 'gz'],
    ['28b52ffd24', 'zstd'],
    ['fd377a585a0000', 'xz'],
    ['425a6839', 'bz2'],
    ['3c3f786d6c', 'none'],
    ['fd377a585a', 'none'],
    ['1f', 'none'],
    ['', 'none'],
  ])('takes %s for %s', (hex, compression) => {
    expect(detectCompression(Buffer.from(hex, 'hex'))).toBe(compression);
  });
});
