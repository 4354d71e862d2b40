import fc from 'fast-check';
import { pkg } from '../__testUtils__/packages';
import type { ClosurePlan } from '../closure/plan';
import { planForMachines } from '../machines/planForMachines';
import { oracleWorlds, type OracleWorld } from '../oracle/__testUtils__/worlds';
import { openPool } from '../pool/openPool';
import { PoolBuilder } from '../pool/PoolBuilder';
import { imageUnits, readImage, type PoolImage } from './PoolImage';

const RUNS = 100;

function imageOf(
  { packages, modules }: OracleWorld,
  wants: (unit: number) => boolean = () => true,
): PoolImage {
  const builder = new PoolBuilder();
  for (const record of packages) {
    if (wants(record.unit)) builder.addPackage(record);
  }
  for (const record of modules) {
    if (wants(record.unit)) builder.addModule(record);
  }
  return builder.build();
}

function planOn(image: PoolImage, world: OracleWorld): ClosurePlan {
  const { sources, destinations, defaultStreams, requested, options } = world;
  const pool = openPool(image, [
    ...sources.map((units, i) => ({ key: `s${i}`, units, defaultStreams })),
    ...destinations.map((units, i) => ({ key: `d${i}`, units })),
  ]);
  return planForMachines(pool, {
    ...options,
    entries: requested.map((units, i) => ({
      id: `e${i}`,
      source: `s${i}`,
      destination: `d${i}`,
      requested: units,
    })),
  });
}

/** The units that some repository of a world holds. */
function heldIn({ sources, destinations }: OracleWorld): Set<number> {
  return new Set([...sources, ...destinations].flat());
}

function check(property: (world: OracleWorld, seed: number) => void): void {
  fc.assert(fc.property(oracleWorlds(2), fc.nat(), property), {
    numRuns: RUNS,
  });
}

describe('a plan is the same', () => {
  it('on an image that was kept as bytes', () => {
    check(world => {
      const image = imageOf(world);
      const kept = readImage(Buffer.from(image.bytes));
      expect(planOn(kept, world)).toEqual(planOn(image, world));
    });
  });

  it('on an image of just the units that matter, and on one of more', () => {
    check(world => {
      const held = heldIn(world);
      const exact = imageOf(world, unit => held.has(unit));
      expect(planOn(imageOf(world), world)).toEqual(planOn(exact, world));
    });
  });

  it('in whatever order units came', () => {
    check(world => {
      const reversed = {
        ...world,
        packages: [...world.packages].reverse(),
        modules: [...world.modules].reverse(),
      };
      expect(planOn(imageOf(reversed), world)).toEqual(
        planOn(imageOf(world), world),
      );
    });
  });

  it('on merged images, some of which have the same units and some more', () => {
    check((world, seed) => {
      const held = heldIn(world);
      const isPart = (part: number) => (unit: number) =>
        (unit * 7 + seed) % 4 === part || (unit + seed) % 3 === part;
      const builder = new PoolBuilder();
      for (const part of [2, 0, 1, 3]) {
        builder.addImage(imageOf(world, isPart(part)), unit => held.has(unit));
      }
      const merged = builder.build();
      expect([...imageUnits(merged)]).toEqual([...held].sort((a, b) => a - b));
      expect(planOn(merged, world)).toEqual(planOn(imageOf(world), world));
    });
  });

  it('on an image and records', () => {
    check((world, seed) => {
      const builder = new PoolBuilder();
      const isFirst = (unit: number) => (unit + seed) % 2 === 0;
      const [first, ...rest] = world.packages;
      builder.addPackage(first);
      builder.addImage(imageOf(world, isFirst));
      for (const record of rest) builder.addPackage(record);
      for (const record of world.modules) builder.addModule(record);
      expect(planOn(builder.build(), world)).toEqual(
        planOn(imageOf(world), world),
      );
    });
  });

  it('on an image on which others were made before', () => {
    check(world => {
      const image = imageOf(world);
      const turned = {
        ...world,
        sources: world.destinations,
        destinations: world.sources,
      };
      const before = planOn(image, turned);
      expect(planOn(image, world)).toEqual(planOn(imageOf(world), world));
      expect(planOn(image, turned)).toEqual(before);
    });
  });

  it('on an image that was taken from a larger one', () => {
    check(world => {
      const held = heldIn(world);
      const larger = new PoolBuilder();
      larger.addPackage(
        pkg('stranger-1-1.x86_64', {
          requires: ['a', '/usr/bin/z', '(b or /usr/bin/q)'],
          files: ['/usr/bin/z'],
        }),
      );
      larger.addImage(imageOf(world));
      const taken = new PoolBuilder();
      taken.addImage(larger.build(), unit => held.has(unit));
      expect(planOn(taken.build(), world)).toEqual(
        planOn(imageOf(world), world),
      );
    });
  });
});
