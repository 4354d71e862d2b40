/** A value as a part of a form, which the API reads by the field's schema: JSON for lists and objects. */
function textOf(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function formOf(fields: object): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.append(name, value);
    else if (value !== undefined) form.append(name, textOf(value));
  }
  return form;
}

/** What of a request is its body: a form when there are files in it, JSON otherwise. */
export function encodeBody(body: unknown): Pick<RequestInit, 'body'> & {
  headers?: Record<string, string>;
} {
  if (body === undefined) return {};
  const hasFiles =
    typeof body === 'object' &&
    body !== null &&
    Object.values(body).some(value => value instanceof Blob);
  // The type of a form names its boundary, which is not known before it is sent.
  if (hasFiles) return { body: formOf(body) };
  return {
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
}
