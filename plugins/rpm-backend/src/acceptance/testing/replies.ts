import { API_ROOT } from '../../identifiers';
import type { ApiOperation } from './ApiDescription';
import { findErrorFault } from './errorFormat';
import type { CheckedAs, SchemaChecker } from './SchemaChecker';

/** The server's answer was an error; of the client's own complaints none is of this class. */
export class RefusedCall extends Error {
  constructor(readonly status: number, readonly body: any) {
    super(`${status} ${JSON.stringify(body)}`);
  }
}

/** A path in a reply that names something of an API, but not below the root that was called. */
function findStrangeHref(value: unknown): string | undefined {
  if (typeof value === 'string') {
    const isHref = /^\/\S*\/api\/v3\//.test(value);
    return isHref && !value.startsWith(API_ROOT) ? value : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const inner of Object.values(value)) {
    const strange = findStrangeHref(inner);
    if (strange) return strange;
  }
  return undefined;
}

/** What a reply is compared with: its schema, or nothing. */
export type ReplyForm = Exclude<CheckedAs, 'request'> | 'any';

/** What is expected of a reply. */
export interface ExpectedReply {
  operation: ApiOperation;
  checker: SchemaChecker;
  /** That the request had. */
  correlationId: string;
  form: ReplyForm;
}

/**
 * The body of a reply that is as declared; an empty object where it has none.
 *
 * @throws RefusedCall when the server answers with an error
 * @throws Error when the reply breaks a rule
 */
export async function readReply(
  response: Response,
  { operation, checker, correlationId, form }: ExpectedReply,
): Promise<any> {
  const { status, headers } = response;
  if (headers.get('correlation-id') !== correlationId) {
    throw new Error(`Correlation-Id: ${headers.get('correlation-id')}`);
  }
  const text = await response.text();
  if (status >= 300 && status < 400) throw new Error(`Redirect: ${status}`);
  if (status >= 400) {
    const fault = findErrorFault(response, text);
    if (fault) throw new Error(fault);
    throw new RefusedCall(status, JSON.parse(text));
  }
  const declared = operation.responses[status];
  if (!declared) throw new Error(`Status ${status} is not declared`);
  if (!Object.keys(declared).length) {
    if (text) throw new Error(`A body where none is declared: ${text}`);
    return {};
  }
  const type = headers.get('content-type');
  const schema = declared[type ?? ''];
  if (!schema) throw new Error(`Content-Type ${type} is not declared`);
  const body = JSON.parse(text);
  if (status === 202 && !/^task(_group)?$/.test(Object.keys(body).join())) {
    throw new Error(`Not just a task: ${text}`);
  }
  const stranger = findStrangeHref(body);
  if (stranger) throw new Error(`${stranger} is not an href of this API`);
  const fault = form !== 'any' && checker.findFault(schema, body, form);
  if (fault) throw new Error(`The reply is not as declared: ${fault}`);
  return body;
}
