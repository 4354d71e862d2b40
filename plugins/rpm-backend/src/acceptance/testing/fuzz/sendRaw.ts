import { Agent, request } from 'http';

/** How long a server may think about a request. */
const PATIENCE_SECONDS = 30;

/** A request as it is written, whatever it may mean. */
export interface RawRequest {
  method: string;
  /** Path and query, sent as they are. */
  target: string;
  headers: Record<string, string>;
  body?: string | Buffer;
}

/** A reply as it came. */
export interface RawReply {
  status: number;
  headers: Headers;
  text: string;
}

/** Sends requests that `fetch` would tidy up or refuse to send. */
export class RawSender {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  send({ method, target, headers, body }: RawRequest): Promise<RawReply> {
    return new Promise((resolve, reject) => {
      const sent = request({
        agent: this.#agent,
        host: '127.0.0.1',
        port: this.#port,
        method,
        path: target,
        headers: {
          ...headers,
          // Node.js does not say where the body of a GET ends.
          ...(body && { 'content-length': Buffer.byteLength(body) }),
        },
        timeout: PATIENCE_SECONDS * 1000,
      });
      sent.on('timeout', () => sent.destroy(new Error('No reply came')));
      sent.on('error', reject);
      sent.on('response', response => {
        const pieces: Buffer[] = [];
        response.on('data', piece => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            headers: new Headers(response.headers as Record<string, string>),
            text: Buffer.concat(pieces).toString(),
          }),
        );
      });
      sent.end(body);
    });
  }

  stop(): void {
    this.#agent.destroy();
  }
}
