/** The attributes of one start tag, by qualified name; the object has no prototype. */
export type XmlAttributes = Readonly<Record<string, string | undefined>>;

/**
 * What reading one element of a document means; `S` is the state that all elements of a document
 * work on.
 *
 * @remarks
 * A format is a tree of these. Elements that the tree does not name are skipped with all that they
 * contain, so that documents may be extended by others. Names are qualified names, prefix included:
 * `rpm:` is the only prefix found in repository metadata, and its other readers look for it literally.
 */
export interface XmlElement<S> {
  /** Called when the start tag has been read. */
  open?(state: S, attributes: XmlAttributes): void;
  /** Called when the element ends, with its own text (without that of elements inside). */
  value?(state: S, text: string, attributes: XmlAttributes): void;
  /** Called when the element ends, after `value`. */
  close?(state: S): void;
  children?: ReadonlyMap<string, XmlElement<S>>;
}

/** The children of an element, written as an object. */
export function children<S>(
  elements: Record<string, XmlElement<S>>,
): ReadonlyMap<string, XmlElement<S>> {
  return new Map(Object.entries(elements));
}

/** An element of which only the text counts. */
export function textElement<S>(
  value: (state: S, text: string) => void,
): XmlElement<S> {
  return { value };
}
