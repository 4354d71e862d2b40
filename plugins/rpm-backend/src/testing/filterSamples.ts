/** A parameter of an operation, as the OpenAPI document declares it. */
export interface Parameter {
  name: string;
  in: string;
  schema: {
    type: string;
    format?: string;
    enum?: string[];
    items?: Parameter['schema'];
  };
}

/** Filters that take any text, so that there are no wrong values. */
export function isFreeText({ type, format, ...rest }: Parameter['schema']) {
  const item = rest.items ?? { type, format, enum: rest.enum };
  return item.type === 'string' && !item.format && !item.enum;
}

/** A value that the schema does not allow. */
export function wrongValue(name: string): string {
  if (name === 'pulp_label_select') return '=';
  if (name.endsWith('regex')) return '[';
  if (name.endsWith('range')) return '1';
  return 'no sensible value';
}

export function splitName(name: string): [field: string, suffix: string] {
  const split = name.lastIndexOf('__');
  return split < 0 ? [name, ''] : [name.slice(0, split), name.slice(split + 2)];
}

/** What a filter is given so that it lets a value through. */
export function argumentFor(suffix: string, value: string): string {
  switch (suffix) {
    case 'ne':
      return /^\d+$/.test(value) ? '99' : `${value}x`;
    case 'iexact':
    case 'icontains':
    case 'istartswith':
      return value.toUpperCase();
    case 'contains':
      return value.slice(1);
    case 'startswith':
      return value.slice(0, 2);
    case 'regex':
      return `^${value.slice(0, 2)}.*$`;
    case 'iregex':
      return `${value.slice(0, 2).toUpperCase()}.*$`;
    case 'range':
      return `${value},${value}`;
    case 'lt':
      return /^\d+$/.test(value) ? '9999' : '2999-01-01T00:00:00Z';
    case 'gt':
      return /^\d+$/.test(value) ? '-1' : '1999-01-01';
    case 'isnull':
      return 'false';
    default:
      return value;
  }
}

export const quoted = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`;
