/** A user of examples/org.yaml, as the sign-in page offers it. */
export interface DemoUser {
  name: string;
  button: string;
  description: string;
}

/** The backend has a provider `demo-<name>` for each of them. */
export const DEMO_USERS: readonly DemoUser[] = [
  {
    name: 'owner',
    button: 'Sign in as owner',
    description:
      'A member of the shop team, which owns the component webshop and may change its repositories.',
  },
  {
    name: 'visitor',
    button: 'Sign in as visitor',
    description:
      'A member of the platform team, who sees the repositories of the webshop but may not change them.',
  },
];
