import { renderRepoFile } from './renderRepoFile';

describe('renderRepoFile', () => {
  it('renders what dnf needs', () => {
    expect(renderRepoFile('shop', 'http://portal/content/shop/', {})).toBe(
      [
        '[shop]',
        'name=shop',
        'baseurl=http://portal/content/shop/',
        'enabled=1',
        'repo_gpgcheck=0',
        'gpgcheck=0',
        '',
      ].join('\n'),
    );
  });

  it('takes the settings of the repository, but neither its name nor address', () => {
    expect(
      renderRepoFile('shop', 'http://portal/content/shop/', {
        name: 'other',
        baseurl: 'http://elsewhere/',
        gpgcheck: 1,
        metadata_expire: '6h',
      }),
    ).toBe(
      [
        '[shop]',
        'name=shop',
        'baseurl=http://portal/content/shop/',
        'enabled=1',
        'repo_gpgcheck=0',
        'gpgcheck=1',
        'metadata_expire=6h',
        '',
      ].join('\n'),
    );
  });

  it('makes an id that dnf accepts', () => {
    const file = renderRepoFile('The shop (prod)', 'http://portal/p/', {});
    expect(file).toMatch(/^\[Theshopprod\]\nname=The shop \(prod\)\n/);
  });
});
