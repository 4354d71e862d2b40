import type { UnitLabel } from '../../database/operations/versions';
import { compareUnits, sortUnits } from './compareUnits';

let nextId = 0;

function unit(
  name: string,
  version: string | undefined,
  more: Partial<UnitLabel> = {},
): UnitLabel {
  nextId += 1;
  return {
    id: nextId,
    uuid: `uuid-${nextId}`,
    type: 'rpm.package',
    name,
    arch: 'noarch',
    label: version ? `${name}-${version}` : name,
    version,
    versionKey: version,
    title: undefined,
    ...more,
  };
}

const compare = async (gone: UnitLabel[], come: UnitLabel[]) =>
  (await compareUnits(await sortUnits(gone), await sortUnits(come))).map(
    ({ kind, change, from, to }) =>
      `${kind} ${change} ${from?.label ?? ''} > ${to?.label ?? ''}`,
  );

describe('compareUnits', () => {
  it('makes an update of a package one difference', async () => {
    expect(
      await compare(
        [unit('b', '1'), unit('c', '2'), unit('d', '1'), unit('e', '1')],
        [unit('a', '1'), unit('b', '2'), unit('c', '1'), unit('e', '1')],
      ),
    ).toEqual([
      'package added  > a-1',
      'package up b-1 > b-2',
      'package down c-2 > c-1',
      'package removed d-1 > ',
      'package changed e-1 > e-1',
    ]);
  });

  it('compares newest with newest, architecture by architecture', async () => {
    const i686 = { arch: 'i686' };
    expect(
      await compare(
        [unit('a', '1'), unit('a', '3'), unit('a', '2', i686)],
        [unit('a', '4'), unit('a', '3'), unit('a', '5'), unit('a', '6', i686)],
      ),
    ).toEqual([
      'package up a-2 > a-6',
      'package up a-1 > a-5',
      'package changed a-3 > a-3',
      'package added  > a-4',
    ]);
  });

  it('takes what has no version for changed when it has the same name', async () => {
    const advisory = { type: 'rpm.advisory', arch: undefined } as const;
    const group = { type: 'rpm.packagegroup', arch: undefined } as const;
    expect(
      await compare(
        [unit('A-1', undefined, advisory), unit('birds', undefined, group)],
        [unit('A-1', undefined, advisory), unit('A-2', undefined, advisory)],
      ),
    ).toEqual([
      'advisory changed A-1 > A-1',
      'advisory added  > A-2',
      'group removed birds > ',
    ]);
  });

  it('leaves out what both sides hold', async () => {
    const [stays, old] = [unit('a', '2'), unit('a', '1')];
    expect(
      await compare([stays, old, unit('b', '1')], [stays, unit('a', '3')]),
    ).toEqual(['package up a-1 > a-3', 'package removed b-1 > ']);
    expect(await compare([stays], [stays])).toEqual([]);
  });

  it('does not depend on the order of its input', async () => {
    const gone = [unit('a', '1'), unit('a', '2'), unit('b', '1')];
    const come = [unit('a', '3'), unit('b', '1'), unit('c', '1')];
    expect(await compare([...gone].reverse(), [...come].reverse())).toEqual(
      await compare(gone, come),
    );
  });
});
