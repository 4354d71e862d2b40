/**
 * A `.treeinfo` that cannot be used. The message continues a sentence that begins with the file's
 * name: "cannot be understood in line 3".
 */
export class TreeinfoError extends Error {
  constructor(predicate: string) {
    super(predicate);
    this.name = 'TreeinfoError';
  }
}
