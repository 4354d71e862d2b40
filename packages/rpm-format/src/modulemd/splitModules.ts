import { RepodataError } from '../metadata';

/** Characters of one document at most, of which the largest real ones have a twentieth. */
const MAX_DOCUMENT_LENGTH = 4 * 1024 * 1024;

const START = /^---(?=\s|$)/;
const END = /^\.\.\.\s*$/;
const INSIGNIFICANT = /^\s*($|#|%)/;

/** Cuts the text of modules.yaml into documents as it arrives. */
export class ModulesSplitter {
  #line = '';
  #lines: string[] = [];
  #length = 0;

  /** Takes more text; returns the documents that have ended. */
  push(text: string): string[] {
    this.#length += text.length;
    const lines = (this.#line + text).split('\n');
    this.#line = lines.pop()!;
    const ended = lines.flatMap(line => this.#addLine(line));
    if (this.#length > MAX_DOCUMENT_LENGTH) {
      throw new RepodataError(
        'modules',
        `has a document of more than ${MAX_DOCUMENT_LENGTH} characters`,
      );
    }
    return ended;
  }

  /** Takes the end of the text; returns the documents that end there. */
  end(): string[] {
    return [...this.#addLine(this.#line), ...this.#endDocument()];
  }

  #addLine(line: string): string[] {
    const start = START.exec(line);
    if (start) {
      const ended = this.#endDocument();
      // A document may begin on the line of its marker.
      const beginning = line.slice(start[0].length).trimStart();
      this.#lines = beginning ? [beginning] : [];
      return ended;
    }
    if (END.test(line)) {
      return this.#endDocument();
    }
    this.#lines.push(line);
    return [];
  }

  #endDocument(): string[] {
    const lines = this.#lines;
    this.#lines = [];
    this.#length = 0;
    if (lines.every(line => INSIGNIFICANT.test(line))) {
      return [];
    }
    // Only whole blank lines may go in front: the first line's indentation counts.
    const text = lines
      .join('\n')
      .replace(/^(?:[^\S\n]*\n)+/, '')
      .trimEnd();
    return [`---\n${text}\n...`];
  }
}

/**
 * Cuts the text of modules.yaml into its documents, each as a snippet: the document's own text
 * between the markers `---` and `...`, without blank lines around it. Comments outside of documents
 * are dropped.
 */
export function splitModules(text: string): string[] {
  const splitter = new ModulesSplitter();
  return [...splitter.push(text), ...splitter.end()];
}

/** The text of modules.yaml with these snippets, in this order. */
export function renderModules(snippets: Iterable<string>): string {
  let rendered = '';
  for (const snippet of snippets) {
    // Snippets given by users may lack the markers.
    for (const document of splitModules(snippet)) {
      rendered += `${document}\n`;
    }
  }
  return rendered;
}
