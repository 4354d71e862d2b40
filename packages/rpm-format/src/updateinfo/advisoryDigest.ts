import { createHash } from 'node:crypto';
import { Advisory } from './Advisory';
import { renderAdvisory } from './renderAdvisory';

/**
 * The identity of an advisory's content: the SHA-256, in hex, of its canonical XML, which is what
 * {@link renderAdvisory} gives. Whatever a reader of updateinfo.xml can see changes it; the layout
 * of the document that the advisory came from does not.
 */
export function advisoryDigest(advisory: Advisory): string {
  return createHash('sha256').update(renderAdvisory(advisory)).digest('hex');
}
