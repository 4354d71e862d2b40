import {
  Alert,
  Button,
  Card,
  CardBody,
  CardFooter,
  CardHeader,
  Container,
  Flex,
  Text,
} from '@backstage/ui';
import { DEMO_USERS } from './demoUsers';

/** Props of {@link DemoUserChoice}. */
export interface DemoUserChoiceProps {
  /** Why the last choice did not work. */
  error?: Error;
  onChoose(name: string): void;
}

// A failed request says only its status; the backend's words are its cause. The
// page is up some seconds before the backend, and fetch has no better word.
function reasonOf(error: Error): string {
  if (error.name === 'TypeError') {
    return 'The backend does not answer. It may still be starting: try again.';
  }
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** Offers the demo users, one button for each. */
export function DemoUserChoice(props: DemoUserChoiceProps) {
  return (
    <Container>
      <Flex direction="column" gap="6" py="12" align="center">
        <Flex direction="column" gap="2" align="center">
          <Text as="h1" variant="title-medium" weight="bold">
            RPM repositories
          </Text>
          <Text color="secondary">
            This is a demo portal: choose whose eyes to see it with.
          </Text>
        </Flex>
        {props.error && (
          <Alert
            status="danger"
            icon
            title="Could not sign in"
            description={reasonOf(props.error)}
          />
        )}
        <Flex gap="4" justify="center">
          {DEMO_USERS.map(user => (
            <Card key={user.name} style={{ width: '20rem' }}>
              <CardHeader>
                <Text as="h2" variant="title-x-small" weight="bold">
                  {user.name}
                </Text>
              </CardHeader>
              <CardBody>
                <Text>{user.description}</Text>
              </CardBody>
              <CardFooter>
                <Button onPress={() => props.onChoose(user.name)}>
                  {user.button}
                </Button>
              </CardFooter>
            </Card>
          ))}
        </Flex>
      </Flex>
    </Container>
  );
}
