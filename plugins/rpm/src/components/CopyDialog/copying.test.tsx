import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { RpmApiError } from '@rpmportal/backstage-plugin-rpm-common';
import {
  FakeRpmApi,
  makeCopyPreview,
  makePackage,
  makePlanUnit,
  makeRepository,
  makeVersion,
  type FakeContent,
} from '../../__testUtils__';
import {
  name,
  renderDetails,
  repository,
} from '../RepositoryDetails/__testUtils__/renderDetails';

const stable = makeRepository({
  name: 'webshop-stable',
  description: 'What was tried',
});
const [bear, cat, oldCat] = [
  makePackage('bear', '1.0-1'),
  makePackage('cat', '2.0-1'),
  makePackage('cat', '1.0-1'),
];
const requested = makePlanUnit('cat-2.0-1.noarch', { cause: 'requested' });
const needed = makePlanUnit('mouse-1.0-1.noarch');
const replaced = makePlanUnit('cat-1.0-1.noarch', {
  change: 'removed',
  cause: null,
  chain: null,
  reason: 'replaced',
  because_of: { pulp_href: requested.pulp_href, label: requested.label },
});

function makeApi(content: Partial<FakeContent> = {}) {
  return new FakeRpmApi({
    repositories: [repository, stable],
    versions: {
      [name]: [3, 2, 1, 0].map(number => makeVersion(repository, number)),
      [stable.name]: [makeVersion(stable, 4)],
    },
    packages: [bear, cat, oldCat],
    plan: { units: [requested, needed, replaced] },
    ...content,
  });
}

async function openCopy(version = 3) {
  const from = `Copy from version ${version}`;
  await userEvent.click(await screen.findByRole('button', { name: from }));
  return screen.findByRole('dialog', {
    name: `Copy from ${name}, version ${version}`,
  });
}

async function chooseDestination(dialog: HTMLElement) {
  await userEvent.click(
    await within(dialog).findByRole('button', { name: /Copy into/ }),
  );
  await userEvent.click(
    await screen.findByRole('option', { name: /webshop-stable/ }),
  );
}

async function choosePackage(dialog: HTMLElement, row: string) {
  const found = await within(dialog).findByRole('row', { name: row });
  await userEvent.click(within(found).getByRole('checkbox'));
}

async function press(dialog: HTMLElement, button: string) {
  await userEvent.click(within(dialog).getByRole('button', { name: button }));
}

/** Opens the dialog, chooses a package and a destination, and waits for the plan. */
async function openPlan(api: FakeRpmApi) {
  renderDetails(api);
  const dialog = await openCopy();
  await chooseDestination(dialog);
  await choosePackage(dialog, 'cat 2.0-1 noarch');
  await press(dialog, 'Preview');
  await within(dialog).findByText('Running');
  act(() => {
    api.completePreview();
  });
  await within(dialog).findByText(/Nothing has changed yet/);
  return dialog;
}

async function apply(dialog: HTMLElement, reason: string) {
  await userEvent.type(
    within(dialog).getByRole('textbox', { name: /Reason/ }),
    reason,
  );
  await press(dialog, 'Copy');
}

describe('copying', () => {
  it('shows what would change and why, then does just that', async () => {
    const api = makeApi();
    const dialog = await openPlan(api);
    expect(api.copies).toEqual([
      {
        config: [
          {
            source_repo_version: `${repository.versions_href}3/`,
            dest_repo: stable.pulp_href,
            content: [cat.pulp_href],
          },
        ],
        dependency_solving: true,
        dependency_upgrade: false,
        weak_dependencies: false,
        dry_run: true,
      },
    ]);

    const chosen = await within(dialog).findByRole('region', {
      name: 'What you chose',
    });
    expect(chosen).toHaveTextContent('cat-2.0-1.noarch');
    expect(
      await within(dialog).findByRole('region', { name: 'What it needs' }),
    ).toHaveTextContent(`mouse-1.0-1.noarch${needed.chain}`);
    expect(
      await within(dialog).findByRole('region', { name: 'What leaves' }),
    ).toHaveTextContent(
      'cat-1.0-1.noarchReplaced by another one: cat-2.0-1.noarch',
    );

    await apply(dialog, ' For the sale ');
    expect(api.applied).toEqual([
      { plan: expect.stringContaining('/plans/'), reason: 'For the sale' },
    ]);
    expect(
      await within(dialog).findByText('Copying into webshop-stable'),
    ).toBeInTheDocument();

    act(() => api.complete(stable));
    expect(
      await within(dialog).findByText('webshop-stable has version 5 now'),
    ).toBeInTheDocument();
    expect(
      within(dialog).getByRole('link', {
        name: 'Show version 5 of webshop-stable',
      }),
    ).toHaveAttribute(
      'href',
      expect.stringContaining('?repository=webshop-stable'),
    );
  });

  it('copies everything, by the rules that were chosen', async () => {
    const api = makeApi();
    renderDetails(api);
    const dialog = await openCopy(2);
    await chooseDestination(dialog);
    await userEvent.click(
      within(dialog).getByRole('radio', { name: 'Everything in this version' }),
    );
    expect(within(dialog).getByText('2 packages')).toBeInTheDocument();
    await userEvent.click(
      within(dialog).getByRole('checkbox', { name: /what they recommend/ }),
    );
    await press(dialog, 'Preview');

    expect(api.copies).toEqual([
      expect.objectContaining({
        config: [
          {
            source_repo_version: `${repository.versions_href}2/`,
            dest_repo: stable.pulp_href,
          },
        ],
        weak_dependencies: true,
      }),
    ]);
  });

  it('warns of what is missing', async () => {
    const sentence = 'Nothing provides rat >= 2, which cat-2.0-1.noarch needs.';
    const unmet = {
      requirement: 'rat >= 2',
      required_by: 'cat-2.0-1.noarch',
      held: false,
      allowed: false,
      sentence,
      chain: '',
    };
    const dialog = await openPlan(
      makeApi({ plan: { units: [requested], missing: [unmet] } }),
    );

    const warning = await within(dialog).findByRole('alert');
    expect(warning).toHaveTextContent(
      '1 requirement stays without anything that meets it',
    );
    expect(await within(warning).findByText(sentence)).toBeInTheDocument();
    expect(
      within(dialog).getByRole('button', {
        name: 'Copy without what is missing',
      }),
    ).toBeEnabled();
  });

  it('warns of modules and advisories that do not come whole', async () => {
    const label = (text: string) => ({ pulp_href: `/${text}/`, label: text });
    const preview = makeCopyPreview([requested]);
    const [destination] = preview.destinations;
    const warning = {
      sentence: '',
      package: label('cat-1'),
      module: label('pets:1'),
    };
    const dialog = await openPlan(
      makeApi({
        plan: {
          units: [requested],
          told: {
            counts: {
              ...preview.counts,
              warnings: 1,
              incomplete: 1,
              absent: 3,
            },
            warnings: [{ ...warning, repository: stable.pulp_href }],
            incomplete: [
              {
                unit: label('pets:2'),
                repository: stable.pulp_href,
                absent: ['a', 'b', 'c', 'd', 'e', 'f'].map(each => `${each}-1`),
                absent_count: 200,
                sentence: '',
              },
            ],
            absent: [
              {
                label: 'dog-1',
                listed_by: 'advisory A',
                repository: stable.pulp_href,
                sentence: '',
              },
            ],
            destinations: [
              {
                ...destination,
                warnings: [{ ...warning, package: label('old-1') }],
                warning_count: 1,
              },
            ],
          },
        },
      }),
    );
    const texts = (await within(dialog).findAllByRole('alert')).map(
      ({ textContent }) => textContent,
    );
    expect(texts).toEqual([
      '1 package comes without its modulecat-1: pets:1',
      '1 module comes without all its packagespets:2: a-1, b-1, c-1, d-1, e-1, and 195 more',
      '1 package leaves a module that staysold-1: pets:1',
      '3 things that advisories list do not comeadvisory A: dog-1and 2 more',
    ]);
  });

  it('has nothing to do when the destination has all of it', async () => {
    const api = makeApi({ plan: { units: [] } });
    renderDetails(api);
    const dialog = await openCopy();
    await chooseDestination(dialog);
    await choosePackage(dialog, 'bear 1.0-1 noarch');
    await press(dialog, 'Preview');
    await within(dialog).findByText('Running');
    act(() => {
      api.completePreview();
    });

    expect(
      await within(dialog).findByText(/has all of this already/),
    ).toBeInTheDocument();
    expect(within(dialog).getByRole('button', { name: 'Copy' })).toBeDisabled();
  });

  it('wants a reason', async () => {
    const api = makeApi();
    const dialog = await openPlan(api);

    await apply(dialog, '  ');

    expect(
      await within(dialog).findByText('Say why, for those who wonder later.'),
    ).toBeInTheDocument();
    expect(api.applied).toEqual([]);
  });

  it('is previewed again when the destination has changed meanwhile', async () => {
    const api = makeApi();
    jest.spyOn(api, 'applyPlan').mockRejectedValueOnce(
      new RpmApiError({
        status: 409,
        statusText: 'Conflict',
        body: { detail: 'webshop-stable is at version 5.' },
      }),
    );
    const dialog = await openPlan(api);
    await apply(dialog, 'For the sale');

    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'webshop-stable has changed since the previewwebshop-stable is at version 5. The repository is as it was.',
    );
    await press(dialog, 'Preview again');

    expect(api.copies).toHaveLength(2);
    expect(api.copies[1]).toEqual(api.copies[0]);
  });

  it('says why the preview failed, and keeps the choice', async () => {
    const api = makeApi();
    renderDetails(api);
    const dialog = await openCopy();
    await chooseDestination(dialog);
    await choosePackage(dialog, 'cat 2.0-1 noarch');
    await press(dialog, 'Preview');
    await within(dialog).findByText('Running');

    act(() => api.fail(new Error('[RPM0009] The source is gone.')));

    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'The preview failed[RPM0009] The source is gone.',
    );
    expect(within(dialog).getByText('1 package chosen')).toBeInTheDocument();
    expect(
      within(dialog).getByRole('button', { name: 'Preview' }),
    ).toBeEnabled();
  });

  it('ends the preview of who does not wait for it', async () => {
    const api = makeApi();
    renderDetails(api);
    const dialog = await openCopy();
    await chooseDestination(dialog);
    await choosePackage(dialog, 'cat 2.0-1 noarch');
    await press(dialog, 'Preview');
    await within(dialog).findByText('Running');

    await press(dialog, 'Stop');

    expect(api.cancelled).toHaveLength(1);
    expect(
      await within(dialog).findByText('1 package chosen'),
    ).toBeInTheDocument();
  });

  it('goes on when the dialog is closed', async () => {
    const api = makeApi();
    const dialog = await openPlan(api);
    await apply(dialog, 'For the sale');
    await userEvent.click(
      within(dialog).getAllByRole('button', { name: 'Close' }).pop()!,
    );

    expect(screen.getByRole('status')).toHaveTextContent(
      'Copying into webshop-stable',
    );
    expect(
      screen.getByRole('button', { name: 'Copy from version 3' }),
    ).toBeDisabled();

    act(() => api.complete(stable));
    expect(
      await screen.findByText('webshop-stable has version 5 now'),
    ).toBeInTheDocument();
  });
});

describe('choosing packages', () => {
  it('finds them by name and keeps what was chosen before', async () => {
    renderDetails(makeApi());
    const dialog = await openCopy();
    await choosePackage(dialog, 'bear 1.0-1 noarch');

    await userEvent.type(
      within(dialog).getByRole('searchbox', { name: 'Packages' }),
      'cat',
    );
    await waitFor(() =>
      expect(
        within(dialog).queryByRole('row', { name: 'bear 1.0-1 noarch' }),
      ).not.toBeInTheDocument(),
    );
    await choosePackage(dialog, 'cat 1.0-1 noarch');

    await chooseDestination(dialog);
    expect(within(dialog).getByText('2 packages chosen')).toBeInTheDocument();
    expect(
      within(dialog).getByRole('row', { name: 'bear-1.0-1.noarch' }),
    ).toBeInTheDocument();

    await press(dialog, 'Choose none');
    expect(
      within(dialog).getByText('Choose where to, and at least one package.'),
    ).toBeInTheDocument();
  });

  it('says so when nothing matches', async () => {
    renderDetails(makeApi({ packages: [] }));
    const dialog = await openCopy();
    expect(
      await within(dialog).findByText('This version has no packages.'),
    ).toBeInTheDocument();
  });

  it('says what is still to be chosen', async () => {
    renderDetails(makeApi());
    const dialog = await openCopy();
    expect(
      within(dialog).getByText('Choose where to, and at least one package.'),
    ).toBeInTheDocument();
    expect(
      within(dialog).getByRole('button', { name: 'Preview' }),
    ).toBeDisabled();
  });
});

describe('destinations', () => {
  it('are not the repository itself, unless from an older version', async () => {
    renderDetails(makeApi());
    const latest = await openCopy();
    await userEvent.click(
      await within(latest).findByRole('button', { name: /Copy into/ }),
    );
    expect(
      await screen.findByRole('option', { name: /webshop-stable/ }),
    ).toBeInTheDocument();
    expect(screen.getAllByRole('option')).toHaveLength(1);
  });

  it('are missing for who may copy nowhere', async () => {
    renderDetails(makeApi(), { allowed: false });
    const dialog = await openCopy();
    expect(
      await within(dialog).findByText(
        'There is no repository that you may copy into',
      ),
    ).toBeInTheDocument();
    expect(
      within(dialog).getByRole('button', { name: 'Preview' }),
    ).toBeDisabled();
  });

  it('say why they could not be loaded', async () => {
    const api = makeApi();
    jest
      .spyOn(api, 'listRepositories')
      .mockRejectedValueOnce(new Error('The backend sleeps.'));
    renderDetails(api);
    const dialog = await openCopy();
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'The backend sleeps.',
    );
    await press(dialog, 'Try again');
    expect(
      await within(dialog).findByRole('button', { name: /Copy into/ }),
    ).toBeInTheDocument();
  });
});
