import { evrSortKey, parseNevra } from '@rpmportal/rpm-format';
import { planApplicability } from './planApplicability';

const build = (id: number, name: string, stream: string, version: string) => ({
  id,
  uuid: `${id}`,
  name,
  stream,
  version,
  context: 'c',
  arch: 'x86_64',
});
const named = (modulemdId: number, text: string) => ({
  modulemdId,
  ...parseNevra(text)!,
});
const available = (modulemdId: number, text: string) => ({
  ...named(modulemdId, text),
  uuid: text,
  evrKey: evrSortKey(parseNevra(text)!),
});
const installed = (...texts: string[]) =>
  texts.map(text => ({ text, nevra: parseNevra(text)! }));

describe('planApplicability', () => {
  it('orders builds by number, the newest first', () => {
    const [stream] = planApplicability({
      installed: installed('a-0:1-1.noarch'),
      builds: [
        build(1, 'm', 's', '9'),
        build(2, 'm', 's', '20240101'),
        build(3, 'm', 's', '10'),
      ],
      named: [named(3, 'a-0:1-1.noarch')],
      available: [],
    });
    expect(stream.builds.map(({ id }) => id)).toEqual([2, 3, 1]);
  });

  it('offers the newest of the same architecture, by the newest build that names it', () => {
    const [{ newer }] = planApplicability({
      installed: installed('a-0:1-1.x86_64', 'a-0:1-1.i686'),
      builds: [build(1, 'm', 's', '1'), build(2, 'm', 's', '2')],
      named: [named(1, 'a-0:1-1.x86_64'), named(1, 'a-0:1-1.i686')],
      available: [
        available(1, 'a-0:1-1.x86_64'),
        available(1, 'a-0:1.10-1.x86_64'),
        available(2, 'a-0:1.10-1.x86_64'),
        available(2, 'a-0:1.9-1.x86_64'),
        available(2, 'a-0:1-1.i686'),
      ],
    });
    expect(
      newer.map(one => [one.installed, one.available.version, one.build.id]),
    ).toEqual([['a-0:1-1.x86_64', '1.10', 2]]);
  });

  it('offers nothing of another stream', () => {
    const streams = planApplicability({
      installed: installed('a-0:1-1.noarch'),
      builds: [build(1, 'm', '1', '1'), build(2, 'm', '2', '1')],
      named: [named(1, 'a-0:1-1.noarch')],
      available: [available(2, 'a-0:2-1.noarch')],
    });
    expect(streams).toEqual([
      expect.objectContaining({ module: 'm', stream: '1', newer: [] }),
    ]);
  });
});
