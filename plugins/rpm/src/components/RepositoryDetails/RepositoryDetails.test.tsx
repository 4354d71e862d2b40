import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Repository } from '@rpmportal/backstage-plugin-rpm-common';
import { useState } from 'react';
import {
  FakeRpmApi,
  makeCheckpoint,
  makeDistribution,
  makePackageChange,
  makeRepository,
  makeVersion,
  renderOnEntityPage,
  type FakeContent,
} from '../../__testUtils__';
import { RepositoryDetails, type RepositoryView } from './RepositoryDetails';

const repository = makeRepository();
const { name } = repository;

function makeApi(content: Partial<FakeContent> = {}) {
  return new FakeRpmApi({
    repositories: [repository],
    versions: {
      [name]: [3, 2, 1, 0].map(number => makeVersion(repository, number)),
    },
    diff: [makePackageChange('webshop', '2.0-1', '1.1-1', 'down')],
    ...content,
  });
}

function Details(props: { repository: Repository; view?: RepositoryView }) {
  const [view, setView] = useState<RepositoryView>(props.view ?? 'versions');
  return (
    <RepositoryDetails
      repository={props.repository}
      view={view}
      onViewChange={setView}
    />
  );
}

let rendered = 0;

function render(
  api: FakeRpmApi,
  options: { allowed?: boolean; view?: RepositoryView } = {},
) {
  // Decisions about permissions are remembered across tests, by the UUID in the PRN.
  rendered += 1;
  const shown = { ...repository, prn: `prn:rpm.rpmrepository:${rendered}` };
  return renderOnEntityPage(
    <Details repository={shown} view={options.view} />,
    { api, ...options },
  );
}

async function versionRow(number: number) {
  return screen.findByRole('row', { name: String(number) });
}

async function openRollback(number: number) {
  await userEvent.click(
    await screen.findByRole('button', {
      name: `Roll back to version ${number}`,
    }),
  );
  return screen.findByRole('dialog', {
    name: `Roll ${name} back to version ${number}`,
  });
}

/** Waits for the difference, gives the reason and confirms. */
async function confirm(dialog: HTMLElement, reason: string) {
  await within(dialog).findByText('webshop.noarch');
  await userEvent.type(
    within(dialog).getByRole('textbox', { name: /Reason/ }),
    reason,
  );
  await userEvent.click(
    within(dialog).getByRole('button', { name: 'Roll back' }),
  );
}

describe('versions', () => {
  it('are shown with what changed, when, by whom and why', async () => {
    const api = makeApi({
      versions: {
        [name]: [
          makeVersion(repository, 2, {
            reason: 'Fix the cart',
            base_version: `${repository.versions_href}0/`,
            content_summary: {
              added: { 'rpm.package': { count: 2, href: '' } },
              removed: { 'rpm.package': { count: 1, href: '' } },
              present: {
                'rpm.package': { count: 40, href: '' },
                'rpm.advisory': { count: 1, href: '' },
              },
            },
          }),
          makeVersion(repository, 1, {
            reason: null,
            inputs: { operation: 'sync' },
            created_by: 'plugin:scaffolder',
          }),
          makeVersion(repository, 0),
        ],
      },
      checkpoints: {
        [name]: [
          makeCheckpoint(makeVersion(repository, 1), '20260302T080000Z'),
        ],
      },
    });
    render(api);

    const newest = await versionRow(2);
    expect(newest).toHaveTextContent('Fix the cart');
    expect(newest).toHaveTextContent('by owner, made from version 0');
    expect(newest).toHaveTextContent('2 added');
    expect(newest).toHaveTextContent('1 removed');
    expect(newest).toHaveTextContent('40 packages, 1 advisory');
    expect(newest).toHaveTextContent('Latest');
    expect(newest.querySelector('time')).toHaveAttribute(
      'datetime',
      '2026-03-03T08:00:00.000000Z',
    );
    expect(within(newest).getByRole('link', { name: 'owner' })).toHaveAttribute(
      'href',
      '/catalog/default/user/owner',
    );

    const older = await versionRow(1);
    expect(older).toHaveTextContent('Synced from its remote');
    expect(older).toHaveTextContent('by plugin:scaffolder');
    expect(older).toHaveTextContent('Checkpoint 20260302T080000Z');
    expect(older).not.toHaveTextContent('Latest');

    const first = await versionRow(0);
    expect(first).toHaveTextContent('Repository created');
    expect(first).toHaveTextContent('Empty');
  });

  it('are paged', async () => {
    const versions = Array.from({ length: 12 }, (_, index) =>
      makeVersion(repository, 11 - index),
    );
    render(makeApi({ versions: { [name]: versions } }));
    await versionRow(11);
    expect(screen.queryByRole('row', { name: '1' })).not.toBeInTheDocument();
    expect(screen.getByText('1 to 10 of 12 versions')).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: /next/i }));

    const last = await versionRow(1);
    expect(last).toHaveTextContent('Release 1');
    expect(last).not.toHaveTextContent('Latest');
  });

  it('say why they could not be loaded, and are tried again', async () => {
    const api = makeApi();
    jest
      .spyOn(api, 'listVersions')
      .mockRejectedValueOnce(new Error('The database is away.'));
    render(api);

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(await versionRow(3)).toBeInTheDocument();
  });
});

describe('the owner', () => {
  it('is that of the catalog entity when the repository has none itself', async () => {
    render(makeApi());
    expect(await screen.findByRole('link', { name: 'shop' })).toHaveAttribute(
      'href',
      '/catalog/default/group/shop',
    );
  });
});

describe('rolling back', () => {
  it('shows the difference, asks for a reason and makes a version', async () => {
    const api = makeApi();
    const compare = jest.spyOn(api, 'compareVersions');
    render(api);

    const dialog = await openRollback(1);
    const entry = await within(dialog).findByRole('row', {
      name: 'webshop.noarch',
    });
    expect(entry).toHaveTextContent('down2.0-11.1-1');
    expect(within(dialog).getByText('1 down')).toBeInTheDocument();
    expect(compare).toHaveBeenCalledWith(
      {
        from: `${repository.versions_href}3/`,
        to: `${repository.versions_href}1/`,
      },
      expect.anything(),
    );

    await confirm(dialog, '  Payment fails ');
    expect(api.rollbacks).toEqual([
      {
        version: `${repository.versions_href}1/`,
        reason: 'Payment fails',
        publish: true,
      },
    ]);

    expect(await within(dialog).findByText('Running')).toBeInTheDocument();
    act(() =>
      api.progress({
        progress_reports: [
          {
            message: 'Comparing content',
            code: 'compare',
            state: 'running',
            total: 40,
            done: 10,
            suffix: null,
          },
        ],
      }),
    );
    const bar = within(dialog).getByRole('progressbar', {
      name: 'Comparing content 10 / 40',
    });
    expect(bar).toHaveAttribute('value', '10');
    expect(bar).toHaveAttribute('max', '40');

    act(() => api.complete(repository, { reason: 'Payment fails' }));
    expect(
      await within(dialog).findByText('Version 4 has the content of version 1'),
    ).toBeInTheDocument();

    await userEvent.click(
      within(dialog).getAllByRole('button', { name: 'Close' }).pop()!,
    );
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent(
      'Version 4 has the content of version 1',
    );
    const made = await versionRow(4);
    expect(made).toHaveTextContent('Payment fails');
    expect(made).toHaveTextContent('New');
    expect(made).toHaveTextContent('Latest');
    expect(
      screen.getByRole('button', { name: 'Roll back to version 3' }),
    ).toBeEnabled();

    await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByRole('status')).not.toBeInTheDocument();
  });

  it('wants a reason that says something', async () => {
    const api = makeApi();
    render(api);
    const dialog = await openRollback(2);

    await confirm(dialog, '   ');

    expect(
      await within(dialog).findByText('Say why, for those who wonder later.'),
    ).toBeInTheDocument();
    expect(api.rollbacks).toEqual([]);
  });

  it('publishes only when wanted', async () => {
    const api = makeApi();
    render(api);
    const dialog = await openRollback(2);
    await userEvent.click(
      within(dialog).getByRole('checkbox', { name: /Publish/ }),
    );

    await confirm(dialog, 'Quietly');

    expect(api.rollbacks).toEqual([
      expect.objectContaining({ publish: false }),
    ]);
  });

  it('has nothing to do when the content is the same', async () => {
    render(makeApi({ diff: [] }));

    const dialog = await openRollback(2);

    expect(
      await within(dialog).findByText(/The content is the same already/),
    ).toBeInTheDocument();
    expect(
      within(dialog).getByRole('button', { name: 'Roll back' }),
    ).toBeDisabled();
  });

  it('shows long differences in portions', async () => {
    const diff = Array.from({ length: 70 }, (_, index) =>
      makePackageChange(`p${index}`, undefined, '1-1', 'added'),
    );
    render(makeApi({ diff }));
    const dialog = await openRollback(2);
    await within(dialog).findByText('p49.noarch');
    expect(within(dialog).queryByText('p50.noarch')).not.toBeInTheDocument();
    expect(within(dialog).getByText('70 added')).toBeInTheDocument();

    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Show more (20 not shown)' }),
    );

    expect(await within(dialog).findByText('p69.noarch')).toBeInTheDocument();
  });

  it('returns the focus when it is cancelled', async () => {
    render(makeApi());
    const dialog = await openRollback(2);

    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel' }),
    );

    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Roll back to version 2' }),
      ).toHaveFocus(),
    );
  });

  it('goes on when the dialog is closed', async () => {
    const api = makeApi();
    render(api);
    const dialog = await openRollback(1);
    await confirm(dialog, 'Payment fails');
    await userEvent.click(
      within(dialog).getAllByRole('button', { name: 'Close' }).pop()!,
    );

    expect(screen.getByRole('status')).toHaveTextContent(
      'Rolling back to version 1',
    );
    expect(
      screen.getByRole('button', { name: 'Roll back to version 2' }),
    ).toBeDisabled();

    act(() => api.complete(repository));
    expect(
      await screen.findByText('Version 4 has the content of version 1'),
    ).toBeInTheDocument();
  });

  it('says so when nothing changed', async () => {
    const api = makeApi();
    render(api);
    const dialog = await openRollback(1);
    await confirm(dialog, 'Payment fails');

    act(() => api.completeUnchanged());

    expect(
      await within(dialog).findByText(/Nothing changed: .* version 1 already/),
    ).toBeInTheDocument();
  });

  it('says why it failed', async () => {
    const api = makeApi();
    render(api);
    const dialog = await openRollback(1);
    await confirm(dialog, 'Payment fails');

    act(() => api.fail(new Error('[RPM0002] Two trees.')));

    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'The roll-back failed[RPM0002] Two trees. The repository is as it was.',
    );
  });

  it('is refused to others, who are told whom to ask', async () => {
    render(makeApi(), { allowed: false });

    const button = await screen.findByRole('button', {
      name: 'Roll back to version 2',
    });
    expect(button).toBeDisabled();
    const notice = await screen.findByText(
      /Only the owners of this repository/,
    );
    expect(notice).toHaveTextContent(
      'Only the owners of this repository (shop) can roll it back.',
    );
    expect(within(notice).getByRole('link', { name: 'shop' })).toBeVisible();
  });

  it('tells the owner nothing of that', async () => {
    render(makeApi());
    const button = await screen.findByRole('button', {
      name: 'Roll back to version 2',
    });
    await waitFor(() => expect(button).toBeEnabled());
    expect(
      screen.queryByText(/Only the owners of this repository/),
    ).not.toBeInTheDocument();
  });
});

describe('checkpoints', () => {
  const stamps = ['20260304T080000Z', '20260302T080000Z'];
  const checkpoints = {
    [name]: [
      makeCheckpoint(makeVersion(repository, 3), stamps[0]),
      makeCheckpoint(makeVersion(repository, 1), stamps[1]),
    ],
  };
  const distributions = {
    [name]: [
      makeDistribution(repository, 'history', { checkpoint: true }),
      makeDistribution(repository, 'shop'),
    ],
  };

  it('are shown with their address', async () => {
    render(makeApi({ checkpoints, distributions }), { view: 'checkpoints' });

    expect(
      await screen.findByRole('link', { name: stamps[1] }),
    ).toHaveAttribute(
      'href',
      `http://localhost:7007/api/rpm/pulp/content/history/${stamps[1]}/`,
    );
    expect(await screen.findByText('The content now')).toBeInTheDocument();
  });

  it('say so when they are not served', async () => {
    render(makeApi({ checkpoints }), { view: 'checkpoints' });
    expect(await screen.findAllByText(/Not served/)).toHaveLength(2);
  });

  it('can be rolled back to', async () => {
    const api = makeApi({ checkpoints, distributions });
    render(api, { view: 'checkpoints' });

    await userEvent.click(
      await screen.findByRole('button', {
        name: `Roll back to checkpoint ${stamps[1]}`,
      }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: `Roll ${name} back to checkpoint ${stamps[1]}`,
    });
    await confirm(dialog, 'Before the sale');

    expect(api.rollbacks).toEqual([
      {
        checkpoint: checkpoints[name][1].pulp_href,
        reason: 'Before the sale',
        publish: true,
      },
    ]);
  });

  it('say so when there are none', async () => {
    render(makeApi(), { view: 'checkpoints' });
    expect(
      await screen.findByText(/No publication .* is a checkpoint/),
    ).toBeInTheDocument();
  });
});

describe('distributions', () => {
  it('offer the file that makes dnf use them', async () => {
    const user = userEvent.setup();
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    render(
      makeApi({
        checkpoints: {
          [name]: [
            makeCheckpoint(makeVersion(repository, 1), '20260302T080000Z'),
          ],
        },
        distributions: {
          [name]: [
            makeDistribution(repository, 'shop'),
            makeDistribution(repository, 'history', { checkpoint: true }),
          ],
        },
      }),
      { view: 'distributions' },
    );

    expect(
      await screen.findByText(/baseurl=\S*\/content\/shop\/ /),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(/baseurl=\S*\/history\/20260302T080000Z\/ /),
    ).toBeInTheDocument();

    await user.click(
      screen.getByRole('button', {
        name: 'Copy Save as /etc/yum.repos.d/shop.repo',
      }),
    );
    expect(write).toHaveBeenCalledWith(expect.stringMatching(/^\[shop\]\n/));
    expect(screen.getAllByText('Copied')).not.toHaveLength(0);
  });

  it('say what is missing for checkpoints', async () => {
    render(
      makeApi({
        distributions: {
          [name]: [
            makeDistribution(repository, 'history', { checkpoint: true }),
          ],
        },
      }),
      { view: 'distributions' },
    );
    expect(
      await screen.findByText(/There is no checkpoint yet/),
    ).toBeInTheDocument();
  });
});
