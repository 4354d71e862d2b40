import {
  Busboy,
  type BusboyFileStream,
  type BusboyHeaders,
  type BusboyInstance,
} from '@fastify/busboy';
import { randomUUID } from 'crypto';
import { createReadStream } from 'fs';
import type { IncomingMessage } from 'http';
import { join } from 'path';
import type { Readable } from 'stream';
import { toStorageError, writeDigested } from '../../../storage';
import type { FileFacts } from '../../../storage/types';
import { InvalidInputError } from '../../../validation';
import type { FormFields } from './coerceForm';
import { MalformedBodyError } from './bodyErrors';

/** A file that came with a request. It is removed after the reply, unless it was moved away. */
export interface ReceivedFile {
  readonly path: string;
  /** As the client calls it; for sentences only. */
  readonly fileName: string;
  readonly size: number;
  /** Taken while it came in; its bytes are on disk. */
  readonly facts: FileFacts;
  stream(): Readable;
}

/** What a multipart body may hold. */
export interface MultipartLimits {
  /** Bytes of one file. */
  fileSize: number;
  /** Whether a file of this name is wanted; others are refused unread. */
  isFileField(name: string): boolean;
}

export interface ReceivedForm {
  fields: FormFields;
  files: ReadonlyMap<string, ReceivedFile>;
}

const MOST_FIELDS = 100;
const MOST_FILES = 10;
/** A module's document in a field is some hundred KB. */
const FIELD_BYTES = 4 * 1024 * 1024;
const ALL_FIELDS_BYTES = 32 * 1024 * 1024;
const HEADERS_OF_PART = 32;
const HEADER_BYTES_OF_PART = 16 * 1024;
const LONGEST_NAME = 255;

/**
 * Reads a multipart body; files are written into the folder while they come in, nothing is held in
 * memory but the texts of fields.
 *
 * @param folder - to be removed by the caller in any case
 * @throws InvalidInputError naming the field, MalformedBodyError, StorageFullError
 */
export async function receiveMultipart(
  request: IncomingMessage,
  folder: string,
  limits: MultipartLimits,
): Promise<ReceivedForm> {
  return new Reception(request, folder, limits).run();
}

class Reception {
  readonly #request: IncomingMessage;
  readonly #folder: string;
  readonly #limits: MultipartLimits;
  readonly #fields = new Map<string, string[]>();
  readonly #files = new Map<string, ReceivedFile>();
  readonly #open = new Set<BusboyFileStream>();
  readonly #writes: Promise<void>[] = [];
  #fieldBytes = 0;
  #fail: (error: unknown) => void = () => {};

  constructor(
    request: IncomingMessage,
    folder: string,
    limits: MultipartLimits,
  ) {
    this.#request = request;
    this.#folder = folder;
    this.#limits = limits;
  }

  async run(): Promise<ReceivedForm> {
    const request = this.#request;
    const parser = this.#createParser();
    const onClose = () => {
      if (request.complete) return;
      this.#fail(new MalformedBodyError('The request has broken off.'));
    };
    try {
      await new Promise<void>((resolve, reject) => {
        this.#fail = reject;
        parser.on('finish', resolve);
        parser.on('error', (error: unknown) => reject(malformed(error)));
        request.on('close', onClose);
        request.on('error', onClose);
        request.pipe(parser);
      });
      await Promise.all(this.#writes);
      return { fields: this.#fields, files: this.#files };
    } finally {
      request.off('close', onClose);
      request.unpipe(parser);
      // What the parser still has to say is of no interest, and must not end the process.
      request.on('error', () => {});
      parser.on('error', () => {});
      for (const stream of this.#open) {
        stream.destroy(new MalformedBodyError('Given up.'));
      }
      await Promise.allSettled(this.#writes);
    }
  }

  #createParser(): BusboyInstance {
    let parser: BusboyInstance;
    try {
      parser = new Busboy({
        headers: this.#request.headers as BusboyHeaders,
        limits: {
          fields: MOST_FIELDS,
          fieldSize: FIELD_BYTES,
          files: MOST_FILES,
          // Parts that are neither, which are passed over, must not go on for ever.
          parts: 2 * (MOST_FIELDS + MOST_FILES),
          headerPairs: HEADERS_OF_PART,
          headerSize: HEADER_BYTES_OF_PART,
        },
      });
    } catch (error) {
      throw malformed(error);
    }
    const tooMany = () =>
      this.#fail(
        new MalformedBodyError(
          `It has more than ${MOST_FIELDS} fields or ${MOST_FILES} files.`,
        ),
      );
    parser.on('fieldsLimit', tooMany);
    parser.on('filesLimit', tooMany);
    parser.on('partsLimit', tooMany);
    parser.on('field', (name, value, _, truncated) =>
      this.#takeField(name, value, truncated),
    );
    parser.on('file', (name, stream, fileName) =>
      this.#takeFile(name, stream, fileName),
    );
    return parser;
  }

  #takeField(name: string | undefined, value: string, truncated: boolean) {
    if (name === undefined || name.length > LONGEST_NAME) {
      this.#fail(new MalformedBodyError('A part of it has no usable name.'));
      return;
    }
    this.#fieldBytes += value.length;
    if (truncated || this.#fieldBytes > ALL_FIELDS_BYTES) {
      this.#fail(
        InvalidInputError.field(name, 'This is too long for a field.'),
      );
      return;
    }
    this.#fields.set(name, [...(this.#fields.get(name) ?? []), value]);
  }

  #takeFile(
    name: string | undefined,
    stream: BusboyFileStream,
    fileName: string | undefined,
  ) {
    this.#open.add(stream);
    // Whoever reads it hears of its errors; nobody else needs to.
    stream.on('error', () => {});
    const refusal = this.#refusalOf(name);
    if (refusal || name === undefined) {
      stream.resume();
      this.#fail(refusal);
      return;
    }
    const write = this.#write(name, stream, fileName);
    write.catch(error => this.#fail(error));
    this.#writes.push(write);
  }

  #refusalOf(name: string | undefined): Error | undefined {
    if (name === undefined || name.length > LONGEST_NAME) {
      return new MalformedBodyError('A part of it has no usable name.');
    }
    if (!this.#limits.isFileField(name)) {
      return InvalidInputError.field(name, 'Unexpected field');
    }
    return this.#files.has(name)
      ? InvalidInputError.field(name, 'There may be one file only.')
      : undefined;
  }

  async #write(
    name: string,
    stream: BusboyFileStream,
    fileName: string | undefined,
  ): Promise<void> {
    const path = join(this.#folder, randomUUID());
    const received = {
      path,
      fileName: readableName(fileName),
      stream: () => createReadStream(path),
    };
    // Holds the name from the first byte on; the facts come with the last.
    this.#files.set(name, { ...received, size: 0, facts: undefined! });
    const bounded = this.#bounded(name, stream);
    let facts: FileFacts;
    try {
      facts = await writeDigested(path, bounded, { name: received.fileName });
    } catch (error) {
      throw toStorageError(error, received.fileName);
    }
    this.#files.set(name, { ...received, size: facts.size, facts });
  }

  async *#bounded(
    name: string,
    stream: BusboyFileStream,
  ): AsyncGenerator<Uint8Array> {
    const { fileSize } = this.#limits;
    let size = 0;
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > fileSize) {
        throw InvalidInputError.field(
          name,
          `The file is larger than the allowed ${fileSize} bytes.`,
        );
      }
      yield chunk;
    }
  }
}

function malformed(error: unknown): MalformedBodyError {
  return new MalformedBodyError((error as Error).message);
}

function readableName(fileName: string | undefined): string {
  const name = (fileName ?? '').replace(/\p{Cc}/gu, '');
  return name.slice(0, LONGEST_NAME) || 'the file';
}
