import { CustomErrorBase } from '@backstage/errors';

/** Messages by the field of the input that they are about. @public */
export type FieldMessages = Record<string, string[]>;

/** Keys under which the API says what is about the input as a whole. */
const WITHOUT_FIELD = ['non_field_errors', 'errors', 'detail'];

/**
 * The API refused a request. Its message is one sentence or a few, fit to be shown; `fields` has the
 * messages that are about one field of the input, so that a form can show them there.
 *
 * @remarks
 * The bodies are Pulp's: `{"<field>": ["…"]}`, `["…"]` or `{"detail": "…"}`. Anything else, such as
 * the page of a proxy, is described by the status alone.
 *
 * @public
 */
export class RpmApiError extends CustomErrorBase {
  name = 'RpmApiError' as const;
  readonly status: number;
  /** What the server sent: parsed JSON, or the text when it was none. */
  readonly body: unknown;
  readonly fields: FieldMessages;

  constructor(options: { status: number; statusText: string; body: unknown }) {
    const { status, statusText, body } = options;
    const byKey = readMessages(body);
    super(describe(byKey) || `${status} ${statusText}`.trim());
    this.status = status;
    this.body = body;
    this.fields = Object.fromEntries(
      Object.entries(byKey).filter(([key]) => !WITHOUT_FIELD.includes(key)),
    );
  }

  /** Makes the error of a response that is not ok, reading its body. */
  static async fromResponse(response: Response): Promise<RpmApiError> {
    const text = await response.text();
    let body: unknown = text;
    try {
      body = JSON.parse(text);
    } catch {
      // Not from the API, but from something in front of it.
    }
    const { status, statusText } = response;
    return new RpmApiError({ status, statusText, body });
  }
}

function readMessages(body: unknown): FieldMessages {
  if (Array.isArray(body)) {
    return { detail: body.map(String) };
  }
  if (typeof body !== 'object' || body === null) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, readTexts(value)]),
  );
}

/** Messages can be nested by the place in a list or object that they are about. */
function readTexts(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(readTexts);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).map(
      ([key, inner]) => `${key}: ${readTexts(inner).join(' ')}`,
    );
  }
  return [String(value)];
}

function describe(byKey: FieldMessages): string {
  return Object.entries(byKey)
    .map(([key, messages]) =>
      WITHOUT_FIELD.includes(key)
        ? messages.join(' ')
        : `${key}: ${messages.join(' ')}`,
    )
    .join(' ');
}
