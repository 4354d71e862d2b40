import { NotFoundError } from '@backstage/errors';
import { InvalidInputError } from '../validation';

/**
 * Tells of something that an input refers to and its caller may not see what is told when it does
 * not exist.
 *
 * @throws InvalidInputError
 */
export async function tellAsMissing<T>(
  field: string,
  notFound: string,
  check: Promise<T>,
): Promise<T> {
  try {
    return await check;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    throw InvalidInputError.field(field, notFound);
  }
}
