import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { makePackageChange } from '../../__testUtils__';
import {
  confirm,
  makeApi,
  openRollback,
  renderDetails,
  repository,
  versionRow,
} from './__testUtils__/renderDetails';

describe('rolling back', () => {
  it('shows the difference, asks for a reason and makes a version', async () => {
    const api = makeApi();
    const compare = jest.spyOn(api, 'compareVersions');
    renderDetails(api);

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
    renderDetails(api);
    const dialog = await openRollback(2);

    await confirm(dialog, '   ');

    expect(
      await within(dialog).findByText('Say why, for those who wonder later.'),
    ).toBeInTheDocument();
    expect(api.rollbacks).toEqual([]);
  });

  it('publishes only when wanted', async () => {
    const api = makeApi();
    renderDetails(api);
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
    renderDetails(makeApi({ diff: [] }));

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
    renderDetails(makeApi({ diff }));
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
    renderDetails(makeApi());
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
    renderDetails(api);
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
    renderDetails(api);
    const dialog = await openRollback(1);
    await confirm(dialog, 'Payment fails');

    act(() => api.completeUnchanged());

    expect(
      await within(dialog).findByText(/Nothing changed: .* version 1 already/),
    ).toBeInTheDocument();
  });

  it('says why it failed', async () => {
    const api = makeApi();
    renderDetails(api);
    const dialog = await openRollback(1);
    await confirm(dialog, 'Payment fails');

    act(() => api.fail(new Error('[RPM0002] Two trees.')));

    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'The roll-back failed[RPM0002] Two trees. The repository is as it was.',
    );
  });

  it('is refused to others, who are told whom to ask', async () => {
    renderDetails(makeApi(), { allowed: false });

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
    renderDetails(makeApi());
    const button = await screen.findByRole('button', {
      name: 'Roll back to version 2',
    });
    await waitFor(() => expect(button).toBeEnabled());
    expect(
      screen.queryByText(/Only the owners of this repository/),
    ).not.toBeInTheDocument();
  });
});
