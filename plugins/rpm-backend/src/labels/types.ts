import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ContentType } from '../identifiers';

/** Something that has labels. */
export interface Labeled {
  kind: 'repository' | 'remote' | 'distribution' | ContentType;
  uuid: string;
}

export interface Label {
  key: string;
  value: string;
}

interface CallOptions {
  credentials: BackstageCredentials;
}

/**
 * Changes single labels. They describe and nothing is made from them, so this takes no task and
 * waits for none.
 */
export interface LabelService {
  /** @throws NotFoundError */
  set(labeled: Labeled, label: Label, options: CallOptions): Promise<void>;
  /**
   * @returns the label's old value
   * @throws NotFoundError, InvalidInputError when there is no such label
   */
  unset(labeled: Labeled, key: string, options: CallOptions): Promise<string>;
}
