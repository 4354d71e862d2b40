import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  makeCheckpoint,
  makeDistribution,
  makeVersion,
} from '../../__testUtils__';
import {
  confirm,
  makeApi,
  name,
  renderDetails,
  repository,
  versionRow,
} from './__testUtils__/renderDetails';

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
    renderDetails(api);

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
    renderDetails(makeApi({ versions: { [name]: versions } }));
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
    renderDetails(api);

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(await versionRow(3)).toBeInTheDocument();
  });
});

describe('the owner', () => {
  it('is that of the catalog entity when the repository has none itself', async () => {
    renderDetails(makeApi());
    expect(await screen.findByRole('link', { name: 'shop' })).toHaveAttribute(
      'href',
      '/catalog/default/group/shop',
    );
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
    renderDetails(makeApi({ checkpoints, distributions }), {
      view: 'checkpoints',
    });

    expect(
      await screen.findByRole('link', { name: stamps[1] }),
    ).toHaveAttribute(
      'href',
      `http://localhost:7007/api/rpm/pulp/content/history/${stamps[1]}/`,
    );
    expect(await screen.findByText('The content now')).toBeInTheDocument();
  });

  it('say so when they are not served', async () => {
    renderDetails(makeApi({ checkpoints }), { view: 'checkpoints' });
    expect(await screen.findAllByText(/Not served/)).toHaveLength(2);
  });

  it('can be rolled back to', async () => {
    const api = makeApi({ checkpoints, distributions });
    renderDetails(api, { view: 'checkpoints' });

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
    renderDetails(makeApi(), { view: 'checkpoints' });
    expect(
      await screen.findByText(/No publication .* is a checkpoint/),
    ).toBeInTheDocument();
  });
});

describe('distributions', () => {
  it('offer the file that makes dnf use them', async () => {
    const user = userEvent.setup();
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    renderDetails(
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
    renderDetails(
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
