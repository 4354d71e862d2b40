import fc from 'fast-check';
import { module, moduleUnitOf, pkg, unitOf } from '../__testUtils__/packages';
import { CancelledError } from '../cancellation';
import { openPool } from '../pool/openPool';
import { PoolBuilder } from '../pool/PoolBuilder';
import {
  attachImage,
  imageUnits,
  readImage,
  type PoolImage,
} from './PoolImage';
import { ImageFormatError } from './sections';

function build(add: (builder: PoolBuilder) => void): PoolImage {
  const builder = new PoolBuilder();
  add(builder);
  return builder.build();
}

const image = build(builder => {
  builder.addPackage(
    pkg('app-1-1.x86_64', {
      requires: ['lib >= 2', '/usr/bin/sh', '(lib or other)', 'fü'],
      files: ['/usr/bin/app', '/usr/share/ä'],
    }),
  );
  builder.addPackage(pkg('lib-1:2-1', { provides: ['fü = 3'] }));
  builder.addModule(
    module('m:1:2:c:noarch', {
      artifacts: ['lib-1:2-1'],
      requires: ['n:1,2', 'o'],
    }),
  );
});

/** Who provides a requirement of any package of an image. */
function providersIn(of: PoolImage, text: string): string[] {
  const pool = openPool(of, []);
  const id = [...pool.columns.requires.values].find(
    requirement => pool.requirementText(requirement) === text,
  );
  return [...pool.providers(id!)].map(provider => pool.label(provider));
}

describe('PoolImage', () => {
  it('lies in memory that threads share', () => {
    expect(image.bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(readImage(image.bytes).bytes).toBe(image.bytes);
    const copied = readImage(Buffer.from(image.bytes));
    expect(copied.bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('tells its units', () => {
    expect([...imageUnits(image)]).toEqual(
      [
        unitOf('app-1-1.x86_64'),
        unitOf('lib-1:2-1'),
        moduleUnitOf('m:1:2:c:noarch'),
      ].sort((a, b) => a - b),
    );
    expect([...imageUnits(build(() => {}))]).toEqual([]);
  });

  it('keeps packages and modules as they were', () => {
    const pool = openPool(readImage(Buffer.from(image.bytes)), []);
    const app = pool.packageOf(unitOf('app-1-1.x86_64'))!;
    const { starts, values } = pool.columns.requires;
    expect(pool.label(app)).toBe('app-1-1.x86_64');
    expect(
      [...values.subarray(starts[app], starts[app + 1])].map(id =>
        pool.requirementText(id),
      ),
    ).toEqual(['lib >= 2', '/usr/bin/sh', '(lib or other)', 'fü']);
    expect(providersIn(image, 'fü')).toEqual(['lib-1:2-1.noarch']);
    expect(pool.columns.modules).toEqual([
      {
        unit: moduleUnitOf('m:1:2:c:noarch'),
        name: 'm',
        stream: '1',
        version: '2',
        context: 'c',
        arch: 'noarch',
        label: 'm:1:2:c:noarch',
        artifacts: [pool.packageOf(unitOf('lib-1:2-1'))],
        requires: [
          { name: 'n', streams: ['1', '2'] },
          { name: 'o', streams: [] },
        ],
      },
    ]);
  });

  it('is the same bytes for the same units, whichever came first', () => {
    const lib = pkg('lib-1-1');
    const app = pkg('app-1-1', { requires: ['lib'] });
    const bytesOf = (records: (typeof lib)[]) =>
      Buffer.from(
        build(builder => records.forEach(one => builder.addPackage(one))).bytes,
      );
    expect(bytesOf([app, lib]).equals(bytesOf([app, lib]))).toBe(true);
    expect(bytesOf([app, lib])).toHaveLength(bytesOf([lib, app]).length);
  });

  it('finds files that only another image asks for, when they are merged', () => {
    const shells = build(builder => {
      builder.addPackage(pkg('bash-1-1', { files: ['/usr/bin/sh', '/x/ä'] }));
      builder.addPackage(pkg('dash-1-1', { files: ['/usr/bin/sh'] }));
      builder.addPackage(pkg('sources-1-1.src', { files: ['/usr/bin/sh'] }));
    });
    const merged = build(builder => {
      builder.addImage(shells);
      builder.addImage(image);
      builder.addPackage(pkg('late-1-1', { requires: ['/x/ä'] }));
    });
    expect(providersIn(merged, '/usr/bin/sh')).toEqual([
      'bash-1-1.noarch',
      'dash-1-1.noarch',
    ]);
    expect(providersIn(merged, '/x/ä')).toEqual(['bash-1-1.noarch']);
    const again = build(builder => builder.addImage(merged));
    expect(providersIn(again, '/usr/bin/sh')).toHaveLength(2);
  });

  it('holds nothing of units that were left out of it', () => {
    const [lib] = [unitOf('lib-1:2-1')];
    const taken = build(builder => builder.addImage(image, one => one === lib));
    const alone = build(builder =>
      builder.addPackage(pkg('lib-1:2-1', { provides: ['fü = 3'] })),
    );
    expect(taken.bytes).toHaveLength(alone.bytes.length);
    expect([...imageUnits(taken)]).toEqual([lib]);
  });

  it('is told apart from everything else', () => {
    const refuse = (bytes: Uint8Array, message: string) => {
      expect(() => readImage(bytes)).toThrow(ImageFormatError);
      expect(() => readImage(bytes)).toThrow(message);
    };
    const changed = (offset: number, value: number) => {
      const bytes = Buffer.from(image.bytes);
      bytes.writeInt32LE(value, offset);
      return bytes;
    };
    refuse(new Uint8Array(0), 'Too few bytes');
    refuse(Buffer.from('{}'.repeat(1000)), 'Not an image');
    refuse(changed(4, 99), 'in format 99 instead of 1');
    refuse(changed(12, 7), 'bytes instead of 7');
    refuse(changed(16, -4), 'has no textStarts');
    expect(() => attachImage(changed(4, 99))).toThrow(ImageFormatError);
  });

  it('is refused when it was cut short or damaged anywhere', () => {
    const { length } = image.bytes;
    fc.assert(
      fc.property(
        fc.nat(length - 1),
        fc.integer({ min: 1, max: 255 }),
        (at, change) => {
          const damaged = Buffer.from(image.bytes);
          damaged[at] ^= change;
          expect(() => readImage(damaged)).toThrow(ImageFormatError);
          const cut = Buffer.from(image.bytes.subarray(0, at));
          expect(() => readImage(cut)).toThrow(ImageFormatError);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('stops being merged when told to', () => {
    const builder = new PoolBuilder({ shouldCancel: () => true });
    expect(() => builder.addImage(image)).toThrow(CancelledError);
    expect(() => builder.build()).toThrow(CancelledError);
  });
});
