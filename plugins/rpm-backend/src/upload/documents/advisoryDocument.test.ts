import { readAdvisoryDocument } from './advisoryDocument';

const HEAD = {
  id: 'EX-2024:1',
  updated: '2024-02-01 00:00:00',
  issued: '2024-01-01 00:00:00',
};
const DUCK = { name: 'duck', version: '0.7', release: '1', arch: 'noarch' };

function read(json: unknown) {
  return readAdvisoryDocument(Buffer.from(JSON.stringify(json)));
}

function pkglist(pkg: object) {
  return { ...HEAD, pkglist: [{ packages: [{ ...DUCK, ...pkg }] }] };
}

describe('readAdvisoryDocument', () => {
  it('takes the names of updateinfo and those of the API', () => {
    const { document } = read({ ...HEAD, from: 'me' });
    expect(document).toEqual({
      id: 'EX-2024:1',
      updatedDate: '2024-02-01 00:00:00',
      issuedDate: '2024-01-01 00:00:00',
      fromstr: 'me',
      rebootSuggested: false,
      pkglist: [],
      references: [],
    });
    expect(
      read({
        id: HEAD.id,
        updated_date: HEAD.updated,
        issued_date: HEAD.issued,
        fromstr: 'me',
      }),
    ).toEqual({ document });
  });

  it('reads all that an advisory can say', () => {
    expect(
      read({
        ...HEAD,
        title: '',
        version: 3,
        severity: null,
        pushcount: 1,
        reboot_suggested: 'True',
        references: [{ href: 'https://bugs.example/1', id: '1', title: null }],
        pkglist: [
          {
            short: 's',
            name: 'col',
            module: {
              name: 'ducks',
              stream: '1',
              version: 20240101000000,
              context: 'c0ffee',
              arch: 'noarch',
            },
            packages: [
              {
                ...DUCK,
                epoch: 0,
                src: 'duck.src.rpm',
                filename: 'duck.rpm',
                sum: 'ab',
                sum_type: 'SHA256',
                restart_suggested: true,
                relogin_suggested: null,
              },
            ],
          },
        ],
      }).document,
    ).toEqual({
      id: 'EX-2024:1',
      updatedDate: '2024-02-01 00:00:00',
      issuedDate: '2024-01-01 00:00:00',
      title: '',
      version: '3',
      pushcount: '1',
      rebootSuggested: true,
      references: [{ href: 'https://bugs.example/1', id: '1' }],
      pkglist: [
        {
          name: 'col',
          shortname: 's',
          module: {
            name: 'ducks',
            stream: '1',
            version: '20240101000000',
            context: 'c0ffee',
            arch: 'noarch',
          },
          packages: [
            {
              ...DUCK,
              epoch: '0',
              src: 'duck.src.rpm',
              filename: 'duck.rpm',
              sum: 'ab',
              sumType: 'sha256',
              rebootSuggested: false,
              restartSuggested: true,
              reloginSuggested: false,
            },
          ],
        },
      ],
    });
  });

  it.each([
    [{ sum: '', sum_type: '' }],
    [{ sum: 'ab', sum_type: 'unknown' }],
    [{ sum: 'ab' }],
    [{ sum: null, sum_type: null }],
  ])('leaves out the checksum of %j', pkg => {
    const [{ packages }] = read(pkglist(pkg)).document!.pkglist;
    expect(packages[0]).not.toHaveProperty('sum');
    expect(packages[0]).not.toHaveProperty('sumType');
  });

  it.each([
    ['half an object', '{'],
    ['nothing', ''],
    ['a list', '[1]'],
    ['null', 'null'],
    ['bytes that are no text', Buffer.from([0x22, 0xff, 0x22])],
    ['a package', Buffer.from([0xed, 0xab, 0xee, 0xdb])],
    ['deep lists', '['.repeat(1_000_000)],
  ])('refuses what is no JSON object: %s', (_name, bytes) => {
    const { problems } = readAdvisoryDocument(Buffer.from(bytes));
    expect(problems![0]).toBe('JSON file is expected');
  });

  it.each([
    [{}],
    [{ ...HEAD, id: '' }],
    [{ ...HEAD, issued: undefined }],
    [{ ...HEAD, updated: null }],
  ])('wants id and dates: %j', json => {
    expect(read(json).problems).toEqual([
      "All 'id', 'updated_date' and 'issued_date' must be specified.",
    ]);
  });

  it.each([
    [{ ...HEAD, id: 'x'.repeat(256) }, 'id: Ensure this field has no more'],
    [{ ...HEAD, colour: 'red' }, 'colour: Unexpected field'],
    [{ ...HEAD, issued_date: '2024' }, 'issued: Unexpected field'],
    [{ ...HEAD, title: ['x'] }, 'title: Not a valid string.'],
    [{ ...HEAD, version: 1.5 }, 'version: Not a valid string.'],
    [{ ...HEAD, title: 'a\u0007' }, 'title: Control characters'],
    [
      { ...HEAD, reboot_suggested: 'soon' },
      'reboot_suggested: Must be a valid',
    ],
    [{ ...HEAD, pkglist: {} }, 'pkglist: Expected a list of items'],
    [{ ...HEAD, pkglist: [7] }, 'pkglist.0: Expected a dictionary of items'],
    [
      { ...HEAD, pkglist: [{ name: 'a' }, { name: 'a' }] },
      'pkglist: The collections of an advisory must have different names.',
    ],
    [pkglist({ name: '' }), 'pkglist.0.packages.0.name: This field may not'],
    [
      pkglist({ arch: undefined }),
      'pkglist.0.packages.0.arch: This field is required.',
    ],
    [
      pkglist({ sum: 'ab', sum_type: 'crc' }),
      'pkglist.0.packages.0.sum_type: "crc" is not a valid choice.',
    ],
    [
      { ...HEAD, pkglist: [{ module: { name: 'ducks' } }] },
      'pkglist.0.module.stream: This field is required.',
    ],
    [{ ...HEAD, references: [{ url: 'x' }] }, 'references.0.url: Unexpected'],
  ])('names the field that is wrong: %j', (json, sentence) => {
    expect(read(json).problems![0]).toContain(sentence);
  });

  it('tells the first of many problems', () => {
    const packages = Array.from({ length: 1000 }, () => ({}));
    expect(read({ ...HEAD, pkglist: [{ packages }] }).problems).toHaveLength(
      20,
    );
  });
});
