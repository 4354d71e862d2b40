import { makePackage, makeRepository } from '../__testUtils__';
import { choosePackages, NOTHING_CHOSEN } from './copyChoice';
import { copyInputOf } from './copyInput';

const SOURCE = '/api/rpm/pulp/api/v3/repositories/rpm/rpm/1/versions/2/';
const destination = makeRepository();
const bear = makePackage('bear', '1.0-1');
const packages = choosePackages(new Map(), [bear], 'all');

describe('copyInputOf', () => {
  it('names the chosen packages', () => {
    expect(
      copyInputOf(SOURCE, { ...NOTHING_CHOSEN, packages, destination }),
    ).toEqual({
      config: [
        {
          source_repo_version: SOURCE,
          dest_repo: destination.pulp_href,
          content: [bear.pulp_href],
        },
      ],
      dependency_solving: true,
      dependency_upgrade: false,
      weak_dependencies: false,
    });
  });

  it('names no packages where everything is copied', () => {
    const { config } = copyInputOf(SOURCE, {
      ...NOTHING_CHOSEN,
      packages,
      destination,
      everything: true,
    });
    expect(config).toEqual([
      { source_repo_version: SOURCE, dest_repo: destination.pulp_href },
    ]);
  });

  it('asks for more dependencies only where there are any', () => {
    const options = {
      dependencies: false,
      upgrade: true,
      weak: true,
      modules: true,
    };
    expect(
      copyInputOf(SOURCE, {
        ...NOTHING_CHOSEN,
        packages,
        destination,
        options,
      }),
    ).toMatchObject({
      dependency_solving: false,
      dependency_upgrade: false,
      weak_dependencies: false,
      modular_packages: 'with-module',
    });
  });

  it('leaves modules behind where they are not wanted', () => {
    const options = {
      dependencies: false,
      upgrade: false,
      weak: false,
      modules: false,
    };
    expect(
      copyInputOf(SOURCE, {
        ...NOTHING_CHOSEN,
        packages,
        destination,
        options,
      }),
    ).toMatchObject({ modular_packages: 'warn' });
  });
});
