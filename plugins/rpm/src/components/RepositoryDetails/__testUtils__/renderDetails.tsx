import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Repository } from '@rpmportal/backstage-plugin-rpm-common';
import { useState } from 'react';
import {
  FakeRpmApi,
  makePackageChange,
  makeRepository,
  makeVersion,
  renderOnEntityPage,
  type FakeContent,
} from '../../../__testUtils__';
import { RepositoryDetails, type RepositoryView } from '../RepositoryDetails';

/** The repository in the tests, and its name. */
export const repository = makeRepository();
export const { name } = repository;

/** A backend with versions 0 to 3, between any two of which one package differs. */
export function makeApi(content: Partial<FakeContent> = {}) {
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

/** Renders the repository on an entity's page. */
export function renderDetails(
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

/** Finds a version in the table. */
export async function versionRow(number: number) {
  return screen.findByRole('row', { name: String(number) });
}

/** Opens the dialog for a version. */
export async function openRollback(number: number) {
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
export async function confirm(dialog: HTMLElement, reason: string) {
  await within(dialog).findByText('webshop.noarch');
  await userEvent.type(
    within(dialog).getByRole('textbox', { name: /Reason/ }),
    reason,
  );
  await userEvent.click(
    within(dialog).getByRole('button', { name: 'Roll back' }),
  );
}
