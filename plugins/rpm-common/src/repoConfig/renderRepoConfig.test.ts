import { renderRepoConfig } from './renderRepoConfig';

const URL = 'http://portal.example/content/foo/';

describe('renderRepoConfig', () => {
  it('has what dnf needs', () => {
    expect(renderRepoConfig('My shop (dev): 1.0', URL, {})).toBe(
      `[Myshopdev:1.0]
name=My shop (dev): 1.0
baseurl=${URL}
repo_gpgcheck=0
gpgcheck=0
enabled=1
`,
    );
  });

  it('takes settings, except for name and address', () => {
    const text = renderRepoConfig('foo', URL, {
      name: 'bar',
      baseurl: 'http://evil.example/',
      gpgcheck: true,
      enabled: false,
      priority: 10,
      excludepkgs: ['a', 'b*'],
    });
    expect(text.split('\n').slice(2)).toEqual([
      `baseurl=${URL}`,
      'gpgcheck=1',
      'enabled=0',
      'priority=10',
      'excludepkgs=a b*',
      'repo_gpgcheck=0',
      '',
    ]);
  });

  it('writes whatever JSON a setting is, under an id that is never empty', () => {
    const text = renderRepoConfig('Läden'.replace(/\w/g, ''), URL, {
      odd: { toString: 1 },
      list: [true, { valueOf: null }, null],
      nothing: null,
    });
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        '[repository]',
        'odd={"toString":1}',
        'list=1 {"valueOf":null}',
        'nothing=',
      ]),
    );
  });

  it('lets no value begin another line', () => {
    const text = renderRepoConfig('foo\n[x]', URL, {
      note: 'a\nbaseurl=http://evil.example/',
      'b\nbaseurl': 'http://evil.example/',
    });
    expect(text.split('\n').filter(line => /^baseurl/.test(line))).toEqual([
      `baseurl=${URL}`,
    ]);
    expect(text.startsWith('[foox]\nname=foo [x]\n')).toBe(true);
  });
});
