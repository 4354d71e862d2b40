import { createServer, type IncomingMessage, type ServerResponse } from 'http';
import { createServer as createTlsServer, type ServerOptions } from 'https';
import { connect, type AddressInfo, type Server, type Socket } from 'net';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on a free port, that answers as tests say and remembers what it was asked. */
export class TestServer {
  /** With a trailing slash. */
  readonly url: string;
  /** What was asked for, oldest first. */
  readonly requests: IncomingMessage[] = [];
  readonly #server: Server;
  readonly #handlers = new Map<string, Handler>();

  private constructor(server: Server, scheme: 'http' | 'https') {
    this.#server = server;
    const { port } = server.address() as AddressInfo;
    this.url = `${scheme}://localhost:${port}/`;
    server.on('request', (request, response) => {
      this.requests.push(request);
      const handler = this.#handlers.get(request.url);
      if (handler) handler(request, response);
      else response.writeHead(404).end('Not here.');
    });
  }

  /** @param tls - makes it an HTTPS server */
  static async start(tls?: ServerOptions): Promise<TestServer> {
    const server = tls ? createTlsServer(tls) : createServer();
    await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
    return new TestServer(server, tls ? 'https' : 'http');
  }

  /** Answers requests for this path, as it is sent: encoded, with its query. */
  on(path: string, answer: Handler | string): void {
    this.#handlers.set(
      path,
      typeof answer === 'string'
        ? (_, response) => response.end(answer)
        : answer,
    );
  }

  /** Becomes a proxy that wants this login, for requests and for tunnels. */
  actAsProxy(login: string): void {
    const expected = `Basic ${Buffer.from(login).toString('base64')}`;
    const isRefused = (request: IncomingMessage) =>
      request.headers['proxy-authorization'] !== expected;
    this.#server.removeAllListeners('request');
    this.#server.on('request', (request, response) => {
      this.requests.push(request);
      if (isRefused(request)) response.writeHead(407).end();
      else response.end(`proxied ${request.url}`);
    });
    this.#server.on('connect', (request: IncomingMessage, socket: Socket) => {
      this.requests.push(request);
      if (isRefused(request)) {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        return;
      }
      const { hostname, port } = new URL(`http://${request.url}`);
      const upstream = connect(Number(port), hostname, () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      for (const end of [socket, upstream])
        end.on('error', () => end.destroy());
    });
  }

  async stop(): Promise<void> {
    const stopped = new Promise(resolve => this.#server.close(resolve));
    (this.#server as ReturnType<typeof createServer>).closeAllConnections();
    await stopped;
  }
}
