import { randomUUID } from 'crypto';
import { API_ROOT } from '../../identifiers';
import { ApiDescription, type ApiOperation } from './ApiDescription';
import type { JsonObject } from './documentRules';
import { readReply, RefusedCall, type ReplyForm } from './replies';
import { encodeBody } from './requestBody';

/** A task must end within this time. */
const PATIENCE_SECONDS = 60;

const FINAL_STATES = ['completed', 'failed', 'canceled', 'skipped'];

/** Documents by origin, kept from client to client. */
export type DocumentCache = Map<string, JsonObject>;

/** A value of a query parameter. */
type QueryValue = string | number | boolean | string[];

/** What an operation is called with. */
export interface CallInput {
  /** The whole href of what the operation belongs to. */
  href?: string;
  query?: Record<string, QueryValue>;
  headers?: Record<string, string>;
  /** Files in it are blobs. */
  body?: unknown;
  /** The href is of something else than the operation's; the reply then has another form. */
  isOfAny?: boolean;
}

/** A task that did not complete. */
export class FailedTask extends Error {
  constructor(readonly task: any) {
    super(`${task.name} ${task.state}: ${task.error?.description}`);
  }
}

async function download(
  documents: DocumentCache,
  origin: string,
): Promise<void> {
  const place = new URL(`${API_ROOT}docs/api.json`, origin);
  const reply = await fetch(place, { redirect: 'manual' });
  if (reply.status !== 200) {
    throw new RefusedCall(reply.status, await reply.text());
  }
  documents.set(origin, (await reply.json()) as JsonObject);
}

function describeApi(documents: DocumentCache, origin: string): ApiDescription {
  return new ApiDescription(documents.get(origin)!, API_ROOT);
}

/** What the reply to a call is compared with. */
function formOf({ isOfAny, query = {} }: CallInput): ReplyForm {
  if (isOfAny) return 'any';
  const trims = ['fields', 'exclude_fields', 'minimal'];
  return trims.some(name => name in query) ? 'trimmed' : 'reply';
}

/**
 * A client that insists on everything that the library of the real `pulp` command insists on, and on
 * replies being what they are declared as. It knows operations by their ids only.
 */
export class StrictClient {
  readonly #origin: string;
  readonly #documents: DocumentCache;
  readonly #authorization: string | undefined;
  readonly #correlationId = randomUUID();
  #api: ApiDescription;

  private constructor(
    origin: string,
    documents: DocumentCache,
    token: string | undefined,
  ) {
    this.#origin = origin;
    this.#documents = documents;
    this.#authorization =
      token && `Basic ${Buffer.from(`any:${token}`).toString('base64')}`;
    this.#api = describeApi(documents, origin);
  }

  /**
   * Reads the API's document, without credentials, unless it is known, and checks it.
   *
   * @param origin - of the server, `http://127.0.0.1:7007`
   * @param token - sent as the password of basic authentication, where that is offered
   * @param documents - what is known by earlier clients
   */
  static async connect(
    origin: string,
    token?: string,
    documents: DocumentCache = new Map(),
  ): Promise<StrictClient> {
    if (!documents.has(origin)) await download(documents, origin);
    return new StrictClient(origin, documents, token);
  }

  get api(): ApiDescription {
    return this.#api;
  }

  get correlationId(): string {
    return this.#correlationId;
  }

  /** Asks for the status; where that tells other versions than the document, reads it again. */
  async status(): Promise<any> {
    const status = await this.call('status_read');
    const { versions } = this.#api;
    const isOutdated = status.versions.some(
      (app: any) => app.version !== versions[app.component],
    );
    if (isOutdated) {
      await download(this.#documents, this.#origin);
      this.#api = describeApi(this.#documents, this.#origin);
    }
    return status;
  }

  /**
   * Calls an operation.
   *
   * @returns the reply's body; an empty object where it has none
   * @throws Error when the call or the reply breaks a rule
   * @throws RefusedCall when the server answers with an error
   */
  async call(operationId: string, input: CallInput = {}): Promise<any> {
    const operation = this.#api.operation(operationId);
    try {
      const { body, headers } = encodeBody(
        operation,
        input.body,
        this.#api.checker,
      );
      const response = await fetch(this.#url(operation, input), {
        method: operation.method.toUpperCase(),
        redirect: 'manual',
        body,
        headers: { ...this.#headers(operation, input), ...headers },
      });
      return await readReply(response, {
        operation,
        checker: this.#api.checker,
        correlationId: this.#correlationId,
        form: formOf(input),
      });
    } catch (error) {
      if (error instanceof RefusedCall) throw error;
      throw new Error(`${operationId}: ${error}`);
    }
  }

  /** Calls an operation; where it answers with a task or a group, waits for that to complete. */
  async run(operationId: string, input: CallInput = {}): Promise<any> {
    const body = await this.call(operationId, input);
    switch (Object.keys(body).join()) {
      case 'task':
        return this.completed(body.task);
      case 'task_group':
        return this.completedGroup(body.task_group);
      default:
        return body;
    }
  }

  /**
   * Waits for the end of a task.
   *
   * @throws FailedTask unless it completes
   */
  async completed(href: string): Promise<any> {
    const task = await this.#poll(
      () => this.call('tasks_read', { href }),
      ({ state }) => FINAL_STATES.includes(state),
    );
    if (task.result === undefined) throw new Error('A task without result');
    if (task.state === 'completed') return task;
    throw new FailedTask(task);
  }

  /**
   * Waits for the end of all tasks of a group.
   *
   * @throws FailedTask unless all complete
   */
  async completedGroup(href: string): Promise<any> {
    const group = await this.#poll(
      () => this.call('task_groups_read', { href }),
      ({ all_tasks_dispatched: isWhole, ...counts }) =>
        isWhole && !counts.waiting && !counts.running && !counts.canceling,
    );
    const failed = group.tasks.find(({ state }: any) => state !== 'completed');
    if (failed) {
      throw new FailedTask(
        await this.call('tasks_read', { href: failed.pulp_href }),
      );
    }
    return group;
  }

  async #poll(
    read: () => Promise<any>,
    isOver: (entity: any) => boolean,
  ): Promise<any> {
    const end = Date.now() + PATIENCE_SECONDS * 1000;
    for (;;) {
      const entity = await read();
      if (isOver(entity)) return entity;
      if (Date.now() > end) throw new Error(`${entity.pulp_href} goes on`);
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
      const fault = this.#api.checker.findFault(
        declared.schema,
        value,
        'request',
      );
      if (fault) throw new Error(`Parameter ${name}: ${fault}`);
      url.searchParams.set(name, String(value));
    }
    return url.href;
  }

  #headers(operation: ApiOperation, { headers = {} }: CallInput) {
    const declared = operation.parameters.filter(({ in: place }) => {
      return place === 'header';
    });
    const names = declared.map(({ name }) => name);
    if (names.join() !== Object.keys(headers).join()) {
      throw new Error(`The headers are ${names}`);
    }
    const isOpen = operation.security.some(way => !Object.keys(way).length);
    const sendsBasic = this.#authorization && this.#api.takesBasic(operation);
    if (!isOpen && !sendsBasic) throw new Error('No suitable authentication');
    return {
      'Correlation-Id': this.#correlationId,
      ...(sendsBasic ? { Authorization: this.#authorization! } : {}),
      ...headers,
    };
  }
}
