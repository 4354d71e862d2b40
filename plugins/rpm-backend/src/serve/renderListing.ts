import type { DateTime } from 'luxon';
import { encodePart } from './requestPath';

/** One line of a folder's listing. */
export interface ListingEntry {
  name: string;
  isFolder: boolean;
  date?: DateTime;
  /** Bytes. */
  size?: number;
}

const NAME_WIDTH = 70;
const SIZE_WIDTH = 12;
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, char => ESCAPES[char]);
}

function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit ? value.toFixed(1) : value} ${UNITS[unit]}`;
}

/** Formatting a date takes longer than all else, and most files of a folder have the same one. */
function dateFormatter(): (date: DateTime) => string {
  const known = new Map<number, string>();
  return date => {
    const time = date.toMillis();
    const text =
      known.get(time) ??
      date.toUTC().setLocale('en-US').toFormat('dd-LLL-yyyy HH:mm');
    known.set(time, text);
    return text;
  };
}

function renderEntry(
  { name, isFolder, date, size }: ListingEntry,
  format: (date: DateTime) => string,
): string {
  const slash = isFolder ? '/' : '';
  const shown = `${name}${slash}`;
  // Base paths are listed too, which have parts.
  const href = name.split('/').map(encodePart).join('/');
  const facts = [
    ' '.repeat(Math.max(0, NAME_WIDTH - shown.length)),
    date ? format(date) : '',
    size === undefined ? '' : formatSize(size).padStart(SIZE_WIDTH),
  ];
  const link = `<a href="./${href}${slash}">${escapeHtml(shown)}</a>`;
  return `${link} ${facts.join(' ')}`.trimEnd();
}

/**
 * Renders a folder as a page, sorted by name.
 *
 * @param path - the folder's, from the server's root
 */
export function renderListing(
  path: string,
  entries: readonly ListingEntry[],
): string {
  const title = `Index of ${escapeHtml(path)}`;
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
  const format = dateFormatter();
  return [
    '<!DOCTYPE html>',
    '<html>',
    `<head><meta charset="utf-8"><title>${title}</title></head>`,
    '<body>',
    `<h1>${title}</h1>`,
    '<hr><pre><a href="../">../</a>',
    ...sorted.map(entry => renderEntry(entry, format)),
    '</pre><hr></body>',
    '</html>',
    '',
  ].join('\n');
}
