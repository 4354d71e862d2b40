import { createServer, type Server, type ServerResponse } from 'http';
import type { AddressInfo } from 'net';
import { createReadStream } from 'fs';
import { stat } from 'fs/promises';
import { join, normalize } from 'path';

/** Answers a request for one path instead of the folder's file. */
export type Answer = (response: ServerResponse) => void;

/** A web server as mirrors are: the files of folders, and whatever a test makes of them. */
export class RepositoryServer {
  /** Paths that were asked for. */
  readonly requests: string[] = [];
  readonly #server: Server;
  readonly #folders = new Map<string, string>();
  readonly #answers = new Map<string, Answer>();

  private constructor() {
    this.#server = createServer((request, response) => {
      const path = decodeURIComponent(
        new URL(request.url!, 'http://x').pathname,
      );
      this.requests.push(path);
      this.#answer(path, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<RepositoryServer> {
    const started = new RepositoryServer();
    await new Promise<void>(resolve =>
      started.#server.listen(0, '127.0.0.1', resolve),
    );
    return started;
  }

  /** Serves a folder from now on. */
  serve(name: string, folder: string): void {
    this.#folders.set(name, folder);
  }

  /**
   * Serves files by path.
   *
   * @returns their URL
   */
  compose(name: string, files: ReadonlyMap<string, Uint8Array>): string {
    for (const [path, content] of files) {
      this.answer(`/${name}/${path}`, content);
    }
    return this.urlOf(name);
  }

  urlOf(name: string): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/${name}/`;
  }

  /** @param path - with the folder's name */
  answer(path: string, answer: Answer | string | Uint8Array): void {
    this.#answers.set(
      path,
      typeof answer === 'function' ? answer : response => response.end(answer),
    );
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  async #answer(path: string, response: ServerResponse): Promise<void> {
    const answer = this.#answers.get(path);
    if (answer) {
      answer(response);
      return;
    }
    const [, name, ...rest] = normalize(path).split('/');
    const folder = this.#folders.get(name);
    const file = folder && join(folder, ...rest);
    const facts = file ? await stat(file).catch(() => undefined) : undefined;
    if (!file || !facts?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-length': facts.size });
    createReadStream(file).pipe(response);
  }
}
