import { setImmediate } from 'node:timers/promises';
import { SaxesParser, SaxesTagPlain } from 'saxes';
import { MetadataKind, RepodataError } from '../metadata';
import { TextChunks, decodeChunks } from './decodeChunks';
import { XmlAttributes, XmlElement } from './XmlElement';

// Limits for hostile input. The largest real packages (debug information, TeX collections) stay
// below a tenth of each.
const MAX_DEPTH = 64;
const MAX_ATTRIBUTES = 256;
const MAX_TEXT_LENGTH = 16 * 1024 * 1024;
/** Characters between the ends of two items; bounds what one item can hold in memory. */
const MAX_ITEM_LENGTH = 64 * 1024 * 1024;

/** After so many characters other work of the process gets its turn. */
const TURN_LENGTH = 256 * 1024;

/** A kind of XML document that is read as a sequence of items. */
export interface XmlFormat<S, T> {
  kind: MetadataKind;
  /** Qualified name of the root element. */
  rootName: string;
  root: XmlElement<S>;
  /** The state of one reading; the elements pass finished items to `emit`. */
  createState(emit: (item: T) => void): S;
  /** Called after a document has ended well; throws when it is inconsistent as a whole. */
  end?(state: S): void;
}

/**
 * Reads a document of any length, yielding its items in small batches, in bounded memory.
 *
 * @remarks
 * Malformed documents end in a {@link RepodataError}. Document type definitions are skipped without
 * being interpreted, so no entity beyond XML's own five exists and none can be expanded.
 */
export async function* readXml<S, T>(
  format: XmlFormat<S, T>,
  chunks: TextChunks,
): AsyncGenerator<T[]> {
  let batch: T[] = [];
  let itemLength = 0;
  let turnLength = 0;
  const state = format.createState(item => {
    batch.push(item);
    itemLength = 0;
  });
  const parser = createParser(format, state);

  for await (const text of decodeChunks(format.kind, chunks)) {
    itemLength += text.length;
    turnLength += text.length;
    parser.write(text);
    if (itemLength > MAX_ITEM_LENGTH) {
      throw new RepodataError(
        format.kind,
        `has an entry of more than ${MAX_ITEM_LENGTH} characters`,
      );
    }
    if (batch.length > 0) {
      yield batch;
      batch = [];
    }
    if (turnLength >= TURN_LENGTH) {
      turnLength = 0;
      await setImmediate();
    }
  }
  parser.close();
  format.end?.(state);
  if (batch.length > 0) {
    yield batch;
  }
}

/** Reads a small document in one go into the format's state; it has no items. */
export function readXmlText<S>(format: XmlFormat<S, never>, text: string): S {
  const state = format.createState(() => {});
  createParser(format, state).write(text).close();
  format.end?.(state);
  return state;
}

interface Level<S> {
  element: XmlElement<S>;
  attributes: XmlAttributes;
  text: string;
}

function createParser<S>(
  {
    kind,
    rootName,
    root,
  }: Pick<XmlFormat<S, never>, 'kind' | 'rootName' | 'root'>,
  state: S,
): SaxesParser<{ xmlns: false }> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const fail = (predicate: string): never => {
    throw new RepodataError(kind, predicate);
  };
  const levels: Level<S>[] = [];
  let current: Level<S> | undefined;
  let skippedDepth = 0;
  let attributeCount = 0;

  const findElement = (name: string) => {
    if (current) {
      return current.element.children?.get(name);
    }
    return name === rootName
      ? root
      : fail(`has the root element <${name}> instead of <${rootName}>`);
  };

  const collectText = (text: string) => {
    if (skippedDepth > 0 || !current?.element.value) {
      return;
    }
    current.text += text;
    if (current.text.length > MAX_TEXT_LENGTH) {
      fail(`has a text of more than ${MAX_TEXT_LENGTH} characters`);
    }
  };

  parser.on('error', error => {
    const reason = error.message.replace(/\.$/, '');
    fail(`is not well-formed XML: line ${parser.line}: ${reason}`);
  });
  parser.on('opentagstart', () => {
    attributeCount = 0;
  });
  parser.on('attribute', () => {
    if (++attributeCount > MAX_ATTRIBUTES) {
      fail(`has an element with more than ${MAX_ATTRIBUTES} attributes`);
    }
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    if (levels.length + skippedDepth >= MAX_DEPTH) {
      fail(`has elements nested deeper than ${MAX_DEPTH} levels`);
    }
    const element = skippedDepth > 0 ? undefined : findElement(name);
    if (!element) {
      skippedDepth++;
      return;
    }
    current = { element, attributes, text: '' };
    levels.push(current);
    element.open?.(state, attributes);
  });
  parser.on('text', collectText);
  parser.on('cdata', collectText);
  parser.on('closetag', () => {
    if (skippedDepth > 0) {
      skippedDepth--;
      return;
    }
    const ended = levels.pop()!;
    current = levels.at(-1);
    ended.element.value?.(state, ended.text, ended.attributes);
    ended.element.close?.(state);
  });
  return parser;
}
