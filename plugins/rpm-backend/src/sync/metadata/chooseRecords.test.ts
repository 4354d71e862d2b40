import { chooseRecords } from './chooseRecords';

const VALUE = 'a'.repeat(64);

function repomdOf(...types: string[]) {
  return {
    revision: '',
    records: types.map((type, i) => ({
      type,
      locationHref: `repodata/${i}-${type}`,
      checksum: { type: 'SHA-256', value: VALUE.toUpperCase() },
    })),
  };
}

describe('chooseRecords', () => {
  it('takes the first of each kind that it reads', () => {
    const { kept, rest, ...read } = chooseRecords(
      repomdOf('primary', 'filelists', 'primary', 'updateinfo', 'modules'),
    );
    expect({ kept, rest }).toEqual({ kept: [], rest: [] });
    expect(read).toEqual({
      primary: {
        type: 'primary',
        location: 'repodata/0-primary',
        base: undefined,
        checksum: { type: 'sha256', value: VALUE },
        size: undefined,
        openSize: undefined,
      },
      filelists: expect.objectContaining({ location: 'repodata/1-filelists' }),
      updateinfo: expect.objectContaining({ type: 'updateinfo' }),
      modules: expect.objectContaining({ type: 'modules' }),
      other: undefined,
      comps: undefined,
    });
  });

  it('leaves nothing out for a mirror', () => {
    const { primary, comps, kept, rest } = chooseRecords(
      repomdOf('primary', 'primary', 'group_gz', 'group', 'productid', 'x_db'),
      { isMirror: true },
    );
    expect(
      [primary, comps, ...kept, ...rest].map(record => record?.location),
    ).toEqual([
      'repodata/0-primary',
      'repodata/3-group',
      'repodata/4-productid',
      'repodata/1-primary',
      'repodata/2-group_gz',
      'repodata/5-x_db',
    ]);
  });

  it.each([
    [['group_gz', 'group'], 'group'],
    [['group_zst', 'group_xz'], 'group_xz'],
    [['group_zst'], 'group_zst'],
  ])('takes of %j the file %s for comps', (types, chosen) => {
    const { comps, kept } = chooseRecords(repomdOf('primary', ...types));
    expect(comps?.type).toBe(chosen);
    expect(kept).toEqual([]);
  });

  it('keeps what it does not read, unless it says nothing new', () => {
    const { kept } = chooseRecords(
      repomdOf(
        ...['primary', 'productid', 'appstream', 'updateinfo_zck'],
        ...['primary_db', 'modules_gz', 'appstream_xz', 'prestodelta'],
        ...['deltainfo', 'filelists-ext'],
      ),
    );
    expect(kept.map(({ type }) => type)).toEqual([
      'productid',
      'appstream',
      'filelists-ext',
    ]);
  });

  it('needs primary metadata', () => {
    expect(() => chooseRecords(repomdOf('filelists'))).toThrow(
      expect.objectContaining({ code: 'RPM0016' }),
    );
  });

  it('refuses a checksum only of a file that it takes', () => {
    const weak = { type: 'md5', value: 'a'.repeat(32) };
    const { revision, records } = repomdOf('primary', 'primary_db', 'modules');
    const mayBeWeak = [records[0], { ...records[1], checksum: weak }];
    expect(() => chooseRecords({ revision, records: mayBeWeak })).not.toThrow();
    const isWeak = [records[0], { ...records[2], checksum: weak }];
    expect(() => chooseRecords({ revision, records: isWeak })).toThrow(
      expect.objectContaining({
        code: 'PLP0020',
        message:
          'The file repodata/2-modules of repomd.xml has a checksum of the type "md5"; allowed are sha224, sha256, sha384, sha512.',
      }),
    );
    const isNone = [
      { ...records[0], checksum: { type: 'sha256', value: 'a'.repeat(63) } },
    ];
    expect(() => chooseRecords({ revision, records: isNone })).toThrow(
      expect.objectContaining({ code: 'PLP0020' }),
    );
  });
});
