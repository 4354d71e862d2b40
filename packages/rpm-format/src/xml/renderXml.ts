// Texts are tested against what needs no care, which nearly all of them consist of.
const NEEDS_CARE_IN_TEXT = /[^\t\n !-%'-;=?-\ud7ff\ue000-\ufffd]/;
const NEEDS_CARE_IN_ATTRIBUTE = /[^ !#-%'-;=?-\ud7ff\ue000-\ufffd]/;

/** What XML 1.0 cannot express at all, not even as a character reference (its production 2). */
const FORBIDDEN = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const REFERENCES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/**
 * Writes a string as character data. Characters that XML forbids are left out, since one of them
 * would make the whole file unreadable; anything else is read back as it was.
 */
export function escapeText(text: string): string {
  return NEEDS_CARE_IN_TEXT.test(text)
    ? text.replace(FORBIDDEN, '').replace(/[&<>\r]/g, char => REFERENCES[char])
    : text;
}

/** Writes a string as the value of an attribute in double quotes; otherwise as `escapeText`. */
export function escapeAttribute(value: string): string {
  return NEEDS_CARE_IN_ATTRIBUTE.test(value)
    ? value
        .replace(FORBIDDEN, '')
        .replace(/[&<>"\t\n\r]/g, char => REFERENCES[char])
    : value;
}

/** Renders an element that holds only text, on a line of its own. */
export function renderTextElement(
  indent: string,
  name: string,
  text: string,
  attributes = '',
): string {
  return `${indent}<${name}${attributes}>${escapeText(text)}</${name}>\n`;
}

/**
 * Renders attributes, each with a leading blank, in the order of the object's keys; those without
 * a value are left out.
 */
export function renderAttributes(
  attributes: Record<string, string | number | undefined>,
): string {
  let rendered = '';
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) {
      rendered += ` ${name}="${escapeAttribute(String(value))}"`;
    }
  }
  return rendered;
}
