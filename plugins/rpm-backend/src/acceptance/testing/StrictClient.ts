import { randomUUID } from 'crypto';
import { API_ROOT } from '../../identifiers';
import { ApiDescription, type ApiOperation } from './ApiDescription';
import type { JsonObject } from './documentRules';

/** A task must end within this time. */
const PATIENCE_SECONDS = 60;

/** A value of a query parameter. */
type QueryValue = string | number | boolean | string[];

/** What an operation is called with. */
export interface CallInput {
  /** The whole href of what the operation belongs to. */
  href?: string;
  query?: Record<string, QueryValue>;
  body?: unknown;
}

/** The server's answer was an error; of the client's own complaints none is of this class. */
export class RefusedCall extends Error {
  constructor(readonly status: number, readonly body: any) {
    super(`${status} ${JSON.stringify(body)}`);
  }
}

/** A task that did not complete. */
export class FailedTask extends Error {
  constructor(readonly task: any) {
    super(`${task.name} ${task.state}: ${task.error?.description}`);
  }
}

/**
 * A client that insists on everything that the library of the real `pulp` command insists on, and on
 * replies being what they are declared as. It knows operations by their ids only.
 */
export class StrictClient {
  readonly api: ApiDescription;
  readonly #origin: string;
  readonly #authorization: string | undefined;
  readonly #correlationId = randomUUID();

  private constructor(
    origin: string,
    api: ApiDescription,
    authorization: string | undefined,
  ) {
    this.#origin = origin;
    this.api = api;
    this.#authorization = authorization;
  }

  /**
   * Reads the API's document, without credentials, and checks it.
   *
   * @param origin - of the server, `http://127.0.0.1:7007`
   * @param token - sent as the password of basic authentication, where that is offered
   */
  static async connect(origin: string, token?: string): Promise<StrictClient> {
    const place = new URL(`${API_ROOT}docs/api.json`, origin);
    const reply = await fetch(place, { redirect: 'manual' });
    if (reply.status !== 200) {
      throw new RefusedCall(reply.status, await reply.text());
    }
    const document = (await reply.json()) as JsonObject;
    return new StrictClient(
      origin,
      new ApiDescription(document, API_ROOT),
      token && `Basic ${Buffer.from(`any:${token}`).toString('base64')}`,
    );
  }

  get correlationId(): string {
    return this.#correlationId;
  }

  /**
   * Calls an operation.
   *
   * @returns the reply's body; an empty object where it has none
   * @throws Error when the call or the reply breaks a rule
   * @throws RefusedCall when the server answers with an error
   */
  async call(operationId: string, input: CallInput = {}): Promise<any> {
    const operation = this.api.operation(operationId);
    try {
      const response = await fetch(this.#url(operation, input), {
        method: operation.method.toUpperCase(),
        redirect: 'manual',
        headers: this.#headers(operation, input),
        body: this.#body(operation, input),
      });
      return await this.#read(operation, input, response);
    } catch (error) {
      if (error instanceof RefusedCall) throw error;
      throw new Error(`${operationId}: ${error}`);
    }
  }

  /** Calls an operation; where it answers with a task, waits for that to complete. */
  async run(operationId: string, input: CallInput = {}): Promise<any> {
    const body = await this.call(operationId, input);
    const isTask = Object.keys(body).join() === 'task';
    return isTask ? this.completed(body.task) : body;
  }

  /**
   * Waits for the end of a task.
   *
   * @throws FailedTask unless it completes
   */
  async completed(href: string): Promise<any> {
    const end = Date.now() + PATIENCE_SECONDS * 1000;
    for (;;) {
      const task = await this.call('tasks_read', { href });
      if (task.result === undefined) throw new Error('A task without result');
      if (task.state === 'completed') return task;
      if (['failed', 'canceled', 'skipped'].includes(task.state)) {
        throw new FailedTask(task);
      }
      if (Date.now() > end) throw new Error(`${task.name} is ${task.state}`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  #url({ path, parameters }: ApiOperation, input: CallInput): string {
    const { href, query = {} } = input;
    const isBelow = path.startsWith('{');
    if (isBelow !== (href !== undefined)) throw new Error(`Href for ${path}`);
    if (href && !(href.startsWith(API_ROOT) && href.endsWith('/'))) {
      throw new Error(`${href} is not an href of this API`);
    }
    const url = new URL(
      isBelow ? path.replace(/^\{\w+\}/, href!) : path,
      this.#origin,
    );
    for (const [name, value] of Object.entries(query)) {
      const declared = parameters.find(
        parameter => parameter.in === 'query' && parameter.name === name,
      );
      if (!declared) throw new Error(`There is no parameter ${name}`);
      const fault = this.api.checker.findFault(
        declared.schema,
        value,
        'request',
      );
      if (fault) throw new Error(`Parameter ${name}: ${fault}`);
      url.searchParams.set(name, String(value));
    }
    return url.href;
  }

  #headers(operation: ApiOperation, { body }: CallInput) {
    const isOpen = operation.security.some(way => !Object.keys(way).length);
    const sendsBasic = this.#authorization && this.api.takesBasic(operation);
    if (!isOpen && !sendsBasic) throw new Error('No suitable authentication');
    return {
      'Correlation-Id': this.#correlationId,
      ...(sendsBasic ? { Authorization: this.#authorization! } : {}),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    };
  }

  #body({ body: schema }: ApiOperation, { body }: CallInput) {
    if (!schema !== (body === undefined)) throw new Error('Body or no body');
    if (!schema) return undefined;
    const fault = this.api.checker.findFault(schema, body, 'request');
    if (fault) throw new Error(`Body: ${fault}`);
    return JSON.stringify(body);
  }

  async #read(
    { responses }: ApiOperation,
    { query = {} }: CallInput,
    response: Response,
  ): Promise<any> {
    const { status, headers } = response;
    if (headers.get('correlation-id') !== this.#correlationId) {
      throw new Error(`Correlation-Id: ${headers.get('correlation-id')}`);
    }
    const text = await response.text();
    if (status >= 300 && status < 400) throw new Error(`Redirect: ${status}`);
    const type = headers.get('content-type');
    if (status >= 400) {
      const isJson = type === 'application/json';
      throw new RefusedCall(status, isJson ? JSON.parse(text) : text);
    }
    const declared = responses[status];
    if (!declared) throw new Error(`Status ${status} is not declared`);
    if (!Object.keys(declared).length) {
      if (text) throw new Error(`A body where none is declared: ${text}`);
      return {};
    }
    const schema = declared[type ?? ''];
    if (!schema) throw new Error(`Content-Type ${type} is not declared`);
    const body = JSON.parse(text);
    if (status === 202 && !/^task(_group)?$/.test(Object.keys(body).join())) {
      throw new Error(`Not just a task: ${text}`);
    }
    const isTrimmed = ['fields', 'exclude_fields', 'minimal'].some(
      name => name in query,
    );
    const fault = this.api.checker.findFault(
      schema,
      body,
      isTrimmed ? 'trimmed' : 'reply',
    );
    if (fault) throw new Error(`The reply is not as declared: ${fault}`);
    return body;
  }
}
