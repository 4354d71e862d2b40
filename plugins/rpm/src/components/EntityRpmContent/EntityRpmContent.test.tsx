import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Repository } from '@rpmportal/backstage-plugin-rpm-common';
import {
  FakeRpmApi,
  makeRepository,
  makeVersion,
  renderOnEntityPage,
  shopTeam,
  webshop,
} from '../../__testUtils__';
import { EntityRpmContent } from './EntityRpmContent';

const production = makeRepository();
const development = makeRepository({ name: 'webshop-development' });
const tools = makeRepository({
  name: 'tools',
  entity: null,
  owner: 'group:default/shop',
});
const borrowed = makeRepository({
  name: 'borrowed',
  owner: 'group:default/platform',
});

function apiWith(...repositories: Repository[]) {
  return new FakeRpmApi({
    repositories,
    versions: Object.fromEntries(
      repositories.map(repository => [
        repository.name,
        [makeVersion(repository, 1), makeVersion(repository, 0)],
      ]),
    ),
  });
}

function annotated(annotation: string) {
  return {
    ...webshop,
    metadata: {
      ...webshop.metadata,
      annotations: { 'rpm-repository/name': annotation },
    },
  };
}

async function listedNames() {
  const nav = await screen.findByRole('navigation', { name: 'Repositories' });
  return within(nav)
    .getAllByRole('link')
    .map(link => link.firstChild?.textContent);
}

describe('EntityRpmContent', () => {
  it('shows the repositories of the entity, the first in detail', async () => {
    renderOnEntityPage(<EntityRpmContent />, {
      api: apiWith(production, development, tools),
    });

    expect(await listedNames()).toEqual([
      'webshop-production',
      'webshop-development',
    ]);
    expect(
      screen.getByRole('heading', { level: 2, name: 'webshop-production' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /webshop-production/, current: true }),
    ).toBeInTheDocument();
  });

  it('shows another repository when it is chosen', async () => {
    renderOnEntityPage(<EntityRpmContent />, {
      api: apiWith(production, development),
    });

    await userEvent.click(
      await screen.findByRole('link', { name: /webshop-development/ }),
    );

    expect(
      await screen.findByRole('heading', { name: 'webshop-development' }),
    ).toBeInTheDocument();
  });

  it('shows what the address names', async () => {
    renderOnEntityPage(<EntityRpmContent />, {
      api: apiWith(production, development),
      search: '?repository=webshop-development&view=distributions',
    });

    expect(
      await screen.findByRole('heading', { name: 'webshop-development' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(/No distribution serves this repository/),
    ).toBeInTheDocument();
  });

  it('shows what the annotation names first, each once', async () => {
    renderOnEntityPage(<EntityRpmContent />, {
      api: apiWith(production, development, tools),
      entity: annotated('tools, webshop-development'),
    });

    expect(await listedNames()).toEqual([
      'webshop-development',
      'tools',
      'webshop-production',
    ]);
    expect(screen.queryByText(/do not exist/)).not.toBeInTheDocument();
  });

  it('says which names of the annotation lead nowhere', async () => {
    renderOnEntityPage(<EntityRpmContent />, {
      api: apiWith(production),
      entity: annotated('webshop-production,gone,secret'),
    });

    expect(
      await screen.findByText(
        /rpm-repository\/name names repositories .*: gone, secret\./,
      ),
    ).toBeInTheDocument();
  });

  it('shows a group what it owns, also by owning what it belongs to', async () => {
    renderOnEntityPage(<EntityRpmContent />, {
      api: apiWith(production, borrowed, tools),
      entity: shopTeam,
    });

    expect(await listedNames()).toEqual(['tools', 'webshop-production']);
  });

  it('reads more repositories than one portion on demand', async () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      makeRepository({ name: `r${index}` }),
    );
    renderOnEntityPage(<EntityRpmContent />, { api: apiWith(...many) });
    expect(await listedNames()).toHaveLength(25);

    await userEvent.click(
      screen.getByRole('button', { name: 'Show more repositories' }),
    );

    expect(await screen.findByRole('link', { name: /r29/ })).toBeVisible();
    expect(await listedNames()).toHaveLength(30);
    expect(
      screen.queryByRole('button', { name: 'Show more repositories' }),
    ).not.toBeInTheDocument();
  });

  it('says what to do where there is no repository', async () => {
    renderOnEntityPage(<EntityRpmContent />, { api: apiWith() });

    expect(
      await screen.findByRole('heading', { name: 'No RPM repositories yet' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        /-d '{"name":"webshop","entity":"component:default\/webshop"}'/,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/rpm-repository\/name: webshop/),
    ).toBeInTheDocument();
  });

  it('names the owner where a group has none', async () => {
    renderOnEntityPage(<EntityRpmContent />, {
      api: apiWith(),
      entity: shopTeam,
    });

    expect(
      await screen.findByText(
        /-d '{"name":"shop","owner":"group:default\/shop"}'/,
      ),
    ).toBeInTheDocument();
  });

  it('says why it could not load, and tries again', async () => {
    const api = apiWith(production);
    const list = jest
      .spyOn(api, 'repositories')
      .mockImplementationOnce(async function* fail() {
        throw new Error('The backend sleeps.');
      });
    renderOnEntityPage(<EntityRpmContent />, { api });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The backend sleeps.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(await listedNames()).toEqual(['webshop-production']);
    expect(list).toHaveBeenCalledTimes(2);
  });
});
