import { TreeinfoError } from './TreeinfoError';

/** Sections by name, each with its values by key; order and letter case as in the file. */
export type Ini = Map<string, Map<string, string>>;

const SECTION = /^\[([^\]]*)\]$/;
const COMMENT = /^[#;]/;

/**
 * Reads an INI file as the installer's tools write it: `key = value` or `key: value`, comments on
 * lines of their own, values that go on in indented lines. Of a key that comes twice in a section
 * the last value counts.
 *
 * @remarks
 * Libraries for INI files of other worlds take dots in section names for nesting, cut values at
 * `;`, or turn `true` into something else than text; file names contain all of these.
 *
 * @throws TreeinfoError naming the line
 */
export function readIni(text: string): Ini {
  const ini: Ini = new Map();
  let section: Map<string, string> | undefined;
  let key: string | undefined;
  text.split(/\r\n|\r|\n/).forEach((raw, index) => {
    const line = raw.trim();
    if (!line || COMMENT.test(line)) return;
    if (/^\s/.test(raw) && section && key !== undefined) {
      section.set(key, `${section.get(key)}\n${line}`.trim());
      return;
    }
    const name = SECTION.exec(line)?.[1];
    if (name !== undefined) {
      section = ini.get(name) ?? new Map();
      ini.set(name, section);
      key = undefined;
      return;
    }
    const end = line.search(/[=:]/);
    if (!section || end < 1) {
      throw new TreeinfoError(`cannot be understood in line ${index + 1}`);
    }
    key = line.slice(0, end).trim();
    section.set(key, line.slice(end + 1).trim());
  });
  return ini;
}

/** Writes what {@link readIni} reads; a blank line between sections. */
export function renderIni(ini: Ini): string {
  return Array.from(ini, ([name, values]) => {
    const lines = Array.from(values, ([key, value]) =>
      `${key} = ${value.split('\n').join('\n\t')}`.trim(),
    );
    return `${[`[${name}]`, ...lines].join('\n')}\n`;
  }).join('\n');
}
