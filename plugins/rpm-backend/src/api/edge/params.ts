import { NotFoundError } from '@backstage/errors';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NUMBER = /^\d{1,9}$/;

/**
 * Refuses paths in which something else stands where an identifier belongs, before a database is
 * asked for it, whose engines take that differently.
 *
 * @throws NotFoundError
 */
export function checkParams(params: Record<string, string>): void {
  for (const [name, value] of Object.entries(params)) {
    const form = name === 'number' ? NUMBER : UUID;
    if (!form.test(value)) throw new NotFoundError('Not found.');
  }
}
