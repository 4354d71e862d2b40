import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FakeRpmApi,
  makeModule,
  makePackage,
  makeRepository,
  makeVersion,
  renderOnEntityPage,
  type FakeContent,
} from '../../__testUtils__';
import { EntityRpmContent } from '../EntityRpmContent';

const repository = makeRepository();
const other = makeRepository({ name: 'webshop-testing' });
const node = makePackage('node', '18.1-1');
const npm = makePackage('npm', '18.1-1');
const complete = makeModule('node', '18', [node, npm], {
  profiles: { default: ['node'], bare: [] },
  dependencies: [{ requires: { platform: ['el8', 'el9'], perl: [] } }],
});
const partial = makeModule('node', '20', [npm], {
  missing_artifacts: ['node-0:20.1-1.noarch', 'node-0:20.1-1.src'],
});
const withoutSources = makeModule('perl', '5', [node], {
  missing_artifacts: ['perl-0:5.1-1.src'],
});

function makeApi(content: Partial<FakeContent> = {}) {
  return new FakeRpmApi({
    repositories: [repository, other],
    versions: {
      [repository.name]: [3, 2, 1, 0].map(number =>
        makeVersion(repository, number),
      ),
      [other.name]: [makeVersion(other, 1)],
    },
    packages: [node, npm],
    modules: [complete, partial, withoutSources],
    defaults: { node: '20' },
    ...content,
  });
}

function render(api = makeApi(), search = '?view=modules') {
  return renderOnEntityPage(<EntityRpmContent />, { api, search });
}

async function row(name: string) {
  return screen.findByRole('row', { name: new RegExp(`^${name}`) });
}

async function openModule(name: string) {
  await userEvent.click(await screen.findByRole('link', { name }));
  return screen.findByRole('heading', { name });
}

describe('the modules of a version', () => {
  it('are shown by stream, with the default and how much is there', async () => {
    render();
    const first = await row('node:18');
    expect(first).toHaveTextContent('Runs node.');
    expect(first).toHaveTextContent('20260301080000c0ffee42');
    expect(first).toHaveTextContent('Complete: all 2');
    expect(first).not.toHaveTextContent('Default');

    const second = await row('node:20');
    expect(second).toHaveTextContent('1 of 3 there');
    expect(second).toHaveTextContent('Default');
    expect(await row('perl:5')).toHaveTextContent(
      'Complete: 1, without sources',
    );
    expect(screen.getByText('Of version 3, the latest')).toBeInTheDocument();
  });

  it('are found by name', async () => {
    render();
    await row('node:18');
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Modules' }),
      'perl',
    );
    await waitFor(() =>
      expect(
        screen.queryByRole('link', { name: 'node:18' }),
      ).not.toBeInTheDocument(),
    );
    expect(await row('perl:5')).toBeInTheDocument();

    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Modules' }),
      'x',
    );
    expect(
      await screen.findByText('No module has this in its name.'),
    ).toBeInTheDocument();
  });

  it('say so when there are none', async () => {
    render(makeApi({ modules: [] }));
    expect(
      await screen.findByText('This version has no modules.'),
    ).toBeInTheDocument();
  });

  it('say why they could not be loaded, and are tried again', async () => {
    const api = makeApi();
    jest
      .spyOn(api, 'listModules')
      .mockRejectedValueOnce(new Error('The database is away.'));
    render(api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await row('node:18')).toBeInTheDocument();
  });

  it('can be those of an older version', async () => {
    const api = makeApi();
    const list = jest.spyOn(api, 'listModules');
    render(api, '?view=modules&version=2');
    expect(await screen.findByText('Of version 2')).toBeInTheDocument();
    await row('node:18');
    expect(list).toHaveBeenLastCalledWith(
      `${repository.versions_href}2/`,
      expect.anything(),
    );

    await userEvent.click(
      screen.getByRole('link', { name: 'Show version 3, the latest' }),
    );
    expect(
      await screen.findByText('Of version 3, the latest'),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(list).toHaveBeenLastCalledWith(
        `${repository.versions_href}3/`,
        expect.anything(),
      ),
    );
  });

  it('are reached from the version that holds them', async () => {
    const version = makeVersion(repository, 2, {
      content_summary: {
        added: {},
        removed: {},
        present: {
          'rpm.package': { count: 2, href: '' },
          'rpm.modulemd': { count: 1, href: '' },
        },
      },
    });
    const versions = {
      [repository.name]: [makeVersion(repository, 3), version],
    };
    render(makeApi({ versions }), '');
    const older = await screen.findByRole('row', { name: '2' });
    expect(older).toHaveTextContent('2 packages, 1 module');
    await userEvent.click(
      within(older).getByRole('link', { name: '1 module' }),
    );
    expect(await screen.findByText('Of version 2')).toBeInTheDocument();
    expect(await row('node:18')).toBeInTheDocument();
  });

  it('are left behind with their repository and view', async () => {
    render(makeApi(), '?view=modules&version=2&module=node-18');
    await screen.findByRole('heading', { name: 'node:18' });
    await userEvent.click(
      screen.getByRole('link', { name: /webshop-testing/ }),
    );
    expect(
      await screen.findByText('Of version 1, the latest'),
    ).toBeInTheDocument();
    expect(await row('node:18')).toBeInTheDocument();
  });
});

describe('a module', () => {
  it('tells what it is, needs and installs, and links to its packages', async () => {
    render();
    await openModule('node:18');
    expect(
      screen.getByText('platform:el8 or platform:el9, perl'),
    ).toBeInTheDocument();
    const profiles = screen.getByRole('region', { name: 'Profiles' });
    expect(profiles).toHaveTextContent('defaultnode');
    expect(profiles).toHaveTextContent('bareNo packages');
    const present = screen.getByRole('region', {
      name: 'Packages that are there',
    });
    expect(present).toHaveTextContent('node-18.1-1.noarch.rpm');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();

    await userEvent.click(
      within(present).getByRole('link', { name: 'npm-18.1-1.noarch.rpm' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'npm-18.1-1.noarch' }),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('link', { name: 'Back to the module' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'node:18' }),
    ).toBeInTheDocument();
  });

  it('warns of packages that are not there, but not of sources', async () => {
    render();
    await openModule('node:20');
    const warning = screen.getByRole('alert');
    expect(warning).toHaveTextContent(
      '1 package of this module is not in this version',
    );
    expect(warning).toHaveTextContent('node-0:20.1-1.noarch');
    expect(warning).not.toHaveTextContent('.src');
    expect(
      screen.getByRole('region', {
        name: 'Source packages that are not there',
      }),
    ).toHaveTextContent('node-0:20.1-1.src');
    expect(screen.getByText('Default')).toBeInTheDocument();
  });

  it('says so when the version does not have it', async () => {
    render(makeApi(), '?view=modules&module=gone');
    expect(
      await screen.findByText('This version does not have the module.'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('link', { name: 'All modules' }));
    expect(await row('node:18')).toBeInTheDocument();
  });

  it('says why it could not be loaded, and is tried again', async () => {
    const api = makeApi();
    jest
      .spyOn(api, 'findModule')
      .mockRejectedValueOnce(new Error('The database is away.'));
    render(api, '?view=modules&module=node-18');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('heading', { name: 'node:18' }),
    ).toBeInTheDocument();
  });
});

describe('a package', () => {
  it('tells what it is, and which modules it belongs to', async () => {
    render(makeApi(), '?view=modules&package=npm-18.1-1');
    await screen.findByRole('heading', { name: 'npm-18.1-1.noarch' });
    expect(screen.getByText('12.3 kB')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'https://npm.example/' }),
    ).toBeInTheDocument();
    const modules = screen.getByRole('region', {
      name: 'Modules that it belongs to',
    });
    expect(
      await within(modules).findByRole('link', { name: 'node:20' }),
    ).toBeInTheDocument();

    await userEvent.click(
      within(modules).getByRole('link', { name: 'node:18' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'node:18' }),
    ).toBeInTheDocument();
  });

  it('says so when it belongs to none', async () => {
    render(
      makeApi({ modules: [complete], packages: [makePackage('bear', '1-1')] }),
      '?view=modules&package=bear-1-1',
    );
    expect(
      await screen.findByText('It belongs to no module of this version.'),
    ).toBeInTheDocument();
  });

  it('does not open what only looks like a home page', async () => {
    const unit = makePackage('bear', '1-1', { url: 'data:text/html,bear' });
    render(makeApi({ packages: [unit] }), '?view=modules&package=bear-1-1');
    expect(await screen.findByText('data:text/html,bear')).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: 'data:text/html,bear' }),
    ).not.toBeInTheDocument();
  });

  it('says so when the version does not have it', async () => {
    render(makeApi(), '?view=modules&package=gone');
    expect(
      await screen.findByText('This version does not have the package.'),
    ).toBeInTheDocument();
  });
});
