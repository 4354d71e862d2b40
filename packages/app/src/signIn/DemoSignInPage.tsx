import { useState } from 'react';
import { ProxiedSignInPage } from '@backstage/core-components';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { DemoUserChoice } from './DemoUserChoice';
import { forgetUser, readRememberedUser, rememberUser } from './rememberedUser';

/** Signs in the demo user that is chosen here or was before a reload. */
export function DemoSignInPage(props: SignInPageProps) {
  // Counted, so that choosing the same user again is a new attempt.
  const [{ name, attempt }, setChoice] = useState({
    name: readRememberedUser(),
    attempt: 0,
  });

  function choose(chosen: string) {
    forgetUser();
    setChoice({ name: chosen, attempt: attempt + 1 });
  }

  if (!name) {
    return <DemoUserChoice onChoose={choose} />;
  }
  return (
    <ProxiedSignInPage
      key={attempt}
      provider={`demo-${name}`}
      onSignInSuccess={identity =>
        props.onSignInSuccess(rememberUser(name, identity))
      }
      ErrorComponent={({ error }) => (
        <DemoUserChoice error={error} onChoose={choose} />
      )}
    />
  );
}
