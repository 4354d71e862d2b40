import type {
  CompressionType,
  Layout,
  PublishedChecksumType,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Checksum } from '@rpmportal/rpm-format';
import type { StoredPackage } from '../../content-units/storedPackage';

/** A metadata file that is published as it is: nothing of it is rendered. */
export interface KeptFile {
  /** `productid`, … */
  dataType: string;
  /** Relative to the publication's root. */
  path: string;
  checksum: Checksum;
  size: number;
}

/** What rendering is told before the content comes. */
export interface RenderInput {
  /** Absolute path of an empty folder for the files. */
  folder: string;
  checksumType: PublishedChecksumType;
  compressionType: CompressionType;
  layout: Layout;
  /** How many packages will come; the files begin with that number. */
  packageCount: number;
  /** Unix seconds: the revision, and the time of every file. */
  time: number;
  keptFiles: readonly KeptFile[];
}

/** The content, in the order in which it is published. */
export type RenderBatch =
  | {
      kind: 'packages';
      packages: StoredPackage[];
      /** Of each package, its digest of the publication's type when that is not its own. */
      digests: (string | undefined)[];
    }
  /** JSON of each. */
  | { kind: 'advisories'; texts: string[] }
  /** JSON of each. */
  | { kind: 'comps'; texts: string[] }
  /** YAML documents. */
  | { kind: 'modules'; texts: string[] };

/** A file that has been rendered. */
export interface RenderedFile {
  /** Relative to the publication's root. */
  path: string;
  /** Where it is now, absolute. */
  file: string;
  size: number;
}
