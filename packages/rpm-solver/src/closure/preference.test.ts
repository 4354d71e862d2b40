import { additions, copy } from '../__testUtils__/copy';
import { pkg } from '../__testUtils__/packages';

describe('which provider is chosen', () => {
  const app = (requires: string[], arch = 'x86_64') =>
    pkg(`app-1-1.${arch}`, { requires });

  it('takes the newest of one name', () => {
    const source = [
      app(['lib']),
      pkg('lib-1.9-1.x86_64'),
      pkg('lib-1.10-1.x86_64'),
      pkg('lib-1.10~rc1-1.x86_64'),
    ];
    expect(additions(source, [], ['app-1-1.x86_64'])).toEqual([
      'lib-1.10-1.x86_64',
    ]);
  });

  it('takes the first name when nothing else tells them apart', () => {
    const source = [
      app(['web']),
      pkg('nginx-9-1.x86_64', { provides: ['web'] }),
      pkg('httpd-2-1.x86_64', { provides: ['web'] }),
    ];
    expect(additions(source, [], ['app-1-1.x86_64'])).toEqual([
      'httpd-2-1.x86_64',
    ]);
  });

  it('takes the name that brings fewer further packages', () => {
    const source = [
      app(['web']),
      pkg('nginx-9-1.x86_64', { provides: ['web'], requires: ['pcre'] }),
      pkg('httpd-2-1.x86_64', { provides: ['web'], requires: ['apr'] }),
      pkg('apr-1-1.x86_64', { requires: ['apr-util'] }),
      pkg('apr-util-1-1.x86_64'),
      pkg('pcre-1-1.x86_64'),
    ];
    expect(additions(source, [], ['app-1-1.x86_64'])).toEqual([
      'nginx-9-1.x86_64',
      'pcre-1-1.x86_64',
    ]);
  });

  it('counts nothing twice that comes along anyway', () => {
    const source = [
      app(['web', 'apr']),
      pkg('nginx-9-1.x86_64', { provides: ['web'], requires: ['pcre'] }),
      pkg('httpd-2-1.x86_64', { provides: ['web'], requires: ['apr'] }),
      pkg('apr-1-1.x86_64'),
      pkg('pcre-1-1.x86_64'),
    ];
    expect(additions(source, [], ['app-1-1.x86_64'])).toEqual([
      'apr-1-1.x86_64',
      'httpd-2-1.x86_64',
    ]);
  });

  it('waits for what is needed in any case', () => {
    const source = [
      app(['lib', 'z-tool']),
      pkg('lib-2-1.x86_64'),
      pkg('lib-1-1.x86_64'),
      pkg('z-tool-1-1.x86_64', { requires: ['lib = 1'] }),
    ];
    expect(additions(source, [], ['app-1-1.x86_64'])).toEqual([
      'lib-1-1.x86_64',
      'z-tool-1-1.x86_64',
    ]);
  });

  it('brings no other architecture of a library', () => {
    const source = [
      app(['lib', 'libm.so'], 'i686'),
      pkg('lib-1-1.x86_64', { provides: ['libm.so()(64bit)'] }),
      pkg('lib-1-1.i686', { provides: ['libm.so'] }),
    ];
    expect(additions(source, [], ['app-1-1.i686'])).toEqual(['lib-1-1.i686']);
  });

  it('uses another architecture where the machine installs both', () => {
    const source = [app(['tool'], 'i686'), pkg('tool-1-1.x86_64')];
    expect(additions(source, [], ['app-1-1.i686'])).toEqual([
      'tool-1-1.x86_64',
    ]);
  });

  it('plans for the architecture of the packages, not of a machine', () => {
    const source = [
      app(['lib'], 'aarch64'),
      pkg('lib-1-1.aarch64'),
      pkg('lib-2-1.x86_64'),
      pkg('app-2-1.x86_64_v2', { requires: ['rt'] }),
      pkg('rt-1-1.aarch64'),
      pkg('rt-1-1.x86_64'),
    ];
    expect(
      additions(source, [], ['app-1-1.aarch64', 'app-2-1.x86_64_v2']),
    ).toEqual(['lib-1-1.aarch64', 'rt-1-1.x86_64']);
  });

  it('says so when only a foreign architecture is there', () => {
    const { missing, plan } = copy(
      {
        source: [app(['lib'], 'aarch64'), pkg('lib-1-1.x86_64')],
        destination: [],
      },
      [{ requested: ['app-1-1.aarch64'] }],
    );
    expect(missing).toEqual(['app-1-1.aarch64: lib']);
    expect(plan.missing[0].sentence).toBe(
      'app-1-1.aarch64 requires lib, for which there is only lib-1-1.x86_64 (lib = 1-1).',
    );
  });

  it('keeps to the machine that the destination serves', () => {
    const source = [
      app(['lib'], 'noarch'),
      pkg('lib-1-1.aarch64'),
      pkg('lib-1-1.x86_64'),
      pkg('lib-2-1.ppc64le'),
    ];
    const planned = (architecture?: string) =>
      copy({ source, destination: [] }, [
        { requested: ['app-1-1'], architecture },
      ]).added[0];
    expect(planned('x86_64')).toEqual(['lib-1-1.x86_64']);
    expect(planned('aarch64')).toEqual(['lib-1-1.aarch64']);
    expect(planned()).toEqual(['lib-2-1.ppc64le']);
  });

  it('prefers the commonest architecture of the destination for packages without one', () => {
    const source = [
      app(['lib'], 'noarch'),
      pkg('lib-1-1.aarch64'),
      pkg('lib-1-1.x86_64'),
    ];
    expect(additions(source, [pkg('z-1-1.x86_64')], ['app-1-1'])).toEqual([
      'lib-1-1.x86_64',
    ]);
  });

  it('falls back when the preferred provider cannot be installed', () => {
    const source = [
      app(['lib']),
      pkg('lib-3-1.x86_64', { requires: ['rt'] }),
      pkg('rt-1-1.x86_64', { requires: ['nowhere'] }),
      pkg('lib-2-1.x86_64'),
    ];
    const { added, missing } = copy({ source, destination: [] }, [
      { requested: ['app-1-1.x86_64'] },
    ]);
    expect(added[0]).toEqual(['lib-2-1.x86_64']);
    expect(missing).toEqual([]);
  });

  it('falls back from what the destination holds, too', () => {
    const held = [pkg('lib-1-1.x86_64', { requires: ['nowhere'] })];
    expect(
      additions([app(['lib']), pkg('lib-2-1.x86_64')], held, [
        'app-1-1.x86_64',
      ]),
    ).toEqual(['lib-2-1.x86_64']);
  });

  it('takes the preferred provider when none can be installed, and says what it lacks', () => {
    const source = [
      app(['lib']),
      pkg('lib-1-1.x86_64', { requires: ['nothing'] }),
      pkg('lib-2-1.x86_64', { requires: ['nowhere'] }),
    ];
    const { added, missing } = copy({ source, destination: [] }, [
      { requested: ['app-1-1.x86_64'] },
    ]);
    expect(added[0]).toEqual(['lib-2-1.x86_64']);
    expect(missing).toEqual(['lib-2-1.x86_64: nowhere']);
  });

  it('avoids providers that conflict with their requirer or are replaced by it', () => {
    const source = [
      pkg('app-1-1.x86_64', {
        requires: ['web', 'db', 'mail'],
        conflicts: ['nginx >= 9'],
        obsoletes: ['sendmail < 9'],
      }),
      pkg('nginx-9-1.x86_64', { provides: ['web'] }),
      pkg('nginx-8-1.x86_64', { provides: ['web'] }),
      pkg('a-sql-1-1.x86_64', { provides: ['db'], conflicts: ['app'] }),
      pkg('b-sql-1-1.x86_64', { provides: ['db'] }),
      pkg('sendmail-8-1.x86_64', { provides: ['mail'] }),
      pkg('zmail-1-1.x86_64', { provides: ['mail'] }),
    ];
    expect(additions(source, [], ['app-1-1.x86_64'])).toEqual([
      'b-sql-1-1.x86_64',
      'nginx-8-1.x86_64',
      'zmail-1-1.x86_64',
    ]);
  });

  it('reports a conflict that cannot be avoided', () => {
    const { plan } = copy(
      {
        source: [
          pkg('app-1-1', { requires: ['web'], conflicts: ['nginx'] }),
          pkg('nginx-9-1', { provides: ['web'] }),
        ],
        destination: [],
      },
      [{ requested: ['app-1-1'] }],
    );
    expect(plan.missing).toEqual([
      expect.objectContaining({
        problem: 'conflict',
        requirement: 'web',
        sentence:
          'app-1-1.noarch requires web, but only nginx-9-1.noarch provides it, which cannot be installed along with it.',
      }),
    ]);
  });

  it('does not meet a requirement by another build of the requirer', () => {
    const source = [
      pkg('app-2-1', { requires: ['legacy'] }),
      pkg('app-1-1', { provides: ['legacy'] }),
      pkg('legacy-libs-1-1', { provides: ['legacy'] }),
    ];
    expect(additions(source, [], ['app-2-1'])).toEqual([
      'legacy-libs-1-1.noarch',
    ]);
  });

  it('looks ahead for the machine that the destination serves', () => {
    const source = [
      app(['lib'], 'noarch'),
      pkg('lib-2-1', { requires: ['rt'] }),
      pkg('lib-1-1'),
      pkg('rt-1-1.aarch64'),
    ];
    const planned = (architecture: string) =>
      copy({ source, destination: [] }, [
        { requested: ['app-1-1'], architecture },
      ]).added[0];
    expect(planned('x86_64')).toEqual(['lib-1-1.noarch']);
    expect(planned('aarch64')).toEqual(['lib-2-1.noarch', 'rt-1-1.aarch64']);
  });

  it('does not meet a requirement by a package that the requirer replaces on the same machine', () => {
    const source = [
      pkg('app-2-1', { requires: ['legacy'] }),
      pkg('app-1-1.x86_64', { provides: ['legacy'] }),
      pkg('legacy-libs-1-1.x86_64', { provides: ['legacy'] }),
    ];
    expect(additions(source, [], ['app-2-1'])).toEqual([
      'legacy-libs-1-1.x86_64',
    ]);
  });
});
