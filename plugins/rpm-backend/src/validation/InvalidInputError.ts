import { InputError } from '@backstage/errors';

/** Pulp's bodies of a 400: messages by field, or a bare list. */
export type InvalidInputBody = Record<string, string[]> | string[];

/**
 * Input that cannot be accepted, told in the wire format: which field, and why in one sentence.
 */
export class InvalidInputError extends InputError {
  readonly body: InvalidInputBody;

  private constructor(body: InvalidInputBody) {
    super(JSON.stringify(body));
    this.body = body;
  }

  /** `{"<field>": ["<message>"]}` */
  static field(field: string, ...messages: string[]): InvalidInputError {
    return new InvalidInputError({ [field]: messages });
  }

  static fields(messages: Record<string, string[]>): InvalidInputError {
    return new InvalidInputError(messages);
  }

  /** `{"non_field_errors": ["<message>"]}`, for rules between fields. */
  static general(message: string): InvalidInputError {
    return new InvalidInputError({ non_field_errors: [message] });
  }

  /** `["<message>"]`, as for bad hrefs, unknown content units and invalid copy configurations. */
  static message(message: string): InvalidInputError {
    return new InvalidInputError([message]);
  }
}
