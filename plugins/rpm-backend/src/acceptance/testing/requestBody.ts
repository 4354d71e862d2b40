import type { ApiOperation } from './ApiDescription';
import type { SchemaChecker } from './SchemaChecker';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'multipart/form-data';

/** A value of a form, written as Python writes it. */
function formValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) throw new Error('A form has no lists');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function formOf(fields: object): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.append(name, value, 'file');
    else if (value !== null) form.append(name, formValue(value));
  }
  return form;
}

/**
 * A body as the command sends it: as a form when there are files or nothing else is declared.
 *
 * @returns nothing when the operation has no body
 * @throws Error when the body is not as declared
 */
export function encodeBody(
  { bodies }: ApiOperation,
  body: unknown,
  checker: SchemaChecker,
): Pick<RequestInit, 'body' | 'headers'> {
  const hasBody = body !== undefined;
  if (hasBody !== !!Object.keys(bodies).length) {
    throw new Error('Body or no body');
  }
  if (!hasBody) return {};
  const hasFiles = Object.values(body as object).some(
    value => value instanceof Blob,
  );
  const type = JSON_TYPE in bodies && !hasFiles ? JSON_TYPE : FORM_TYPE;
  if (!bodies[type]) throw new Error(`A body of type ${type} is not declared`);
  const fault = checker.findFault(bodies[type], body, 'request');
  if (fault) throw new Error(`Body: ${fault}`);
  if (type === FORM_TYPE) return { body: formOf(body as object) };
  return { body: JSON.stringify(body), headers: { 'Content-Type': JSON_TYPE } };
}
