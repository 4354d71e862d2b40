import type { Destination } from '../../upload';

/** What a body says of where new content goes. */
interface DestinationFields {
  repository?: string;
  overwrite?: boolean;
  pulp_labels?: Destination['labels'];
  reason?: string;
}

/** Takes what is said of the destination out of a body. */
export function splitDestination<B extends DestinationFields>({
  repository,
  overwrite,
  pulp_labels: labels,
  reason,
  ...fields
}: B): {
  destination: Destination;
  fields: Omit<B, keyof DestinationFields>;
} {
  return { fields, destination: { repository, overwrite, labels, reason } };
}
