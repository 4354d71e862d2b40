import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DemoSignInPage } from './DemoSignInPage';

const session = {
  profile: {},
  backstageIdentity: {
    token: 'x.e30.x',
    identity: {
      type: 'user',
      userEntityRef: 'user:default/owner',
      ownershipEntityRefs: ['user:default/owner', 'group:default/shop'],
    },
  },
};

function respond(status: number, body: unknown) {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json' },
  });
}

describe('DemoSignInPage', () => {
  const fetchSpy = jest.spyOn(globalThis, 'fetch');

  beforeEach(() => {
    sessionStorage.clear();
    fetchSpy.mockReset();
  });

  afterAll(() => {
    fetchSpy.mockRestore();
  });

  const choose = (user: string) =>
    userEvent.click(screen.getByRole('button', { name: `Sign in as ${user}` }));

  it('signs in the chosen user, again after a reload, until signing out', async () => {
    fetchSpy.mockImplementation(async () => respond(200, session));
    const onSignInSuccess = jest.fn();
    const page = <DemoSignInPage onSignInSuccess={onSignInSuccess} />;

    const first = await renderInTestApp(page);
    await choose('owner');
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    expect(String(fetchSpy.mock.calls[0][0])).toMatch(
      /\/auth\/demo-owner\/refresh$/,
    );
    first.unmount();

    const second = await renderInTestApp(page);
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(2));
    await onSignInSuccess.mock.lastCall![0].signOut();
    second.unmount();

    await renderInTestApp(page);
    expect(
      screen.getByRole('button', { name: 'Sign in as visitor' }),
    ).toBeInTheDocument();
    expect(onSignInSuccess).toHaveBeenCalledTimes(2);
  });

  it('says that the backend may still be starting when it does not answer', async () => {
    fetchSpy.mockRejectedValueOnce(new TypeError('Failed to fetch'));

    await renderInTestApp(<DemoSignInPage onSignInSuccess={jest.fn()} />);
    await choose('visitor');
    expect(
      await screen.findByText(/may still be starting/),
    ).toBeInTheDocument();
  });

  it('says why it failed and lets the user try again', async () => {
    fetchSpy.mockImplementationOnce(async () =>
      respond(403, {
        error: { name: 'NotAllowedError', message: 'not in production' },
        response: { statusCode: 403 },
      }),
    );
    fetchSpy.mockImplementation(async () => respond(200, session));
    const onSignInSuccess = jest.fn();

    await renderInTestApp(<DemoSignInPage onSignInSuccess={onSignInSuccess} />);
    await choose('owner');
    expect(await screen.findByText('Could not sign in')).toBeInTheDocument();
    expect(screen.getByText(/not in production/)).toBeInTheDocument();

    await choose('owner');
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
  });
});
