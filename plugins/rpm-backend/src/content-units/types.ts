import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type {
  Advisory,
  CompsCategory,
  CompsEnvironment,
  CompsGroup,
  CompsLangpacks,
  CompsUnit,
  ModulemdDefaults,
  ModulemdDocument,
  ModulemdObsoletes,
  RpmChangelog,
  RpmFile,
  Treeinfo,
  UnknownModulesDocument,
} from '@rpmportal/rpm-format';
import type { RowPage } from '../database/pages';
import type { ContentType } from '../identifiers';
import type { Visibility } from '../permissions/AccessControl';
import type { Artifact } from '../storage/types';
import type { RepoMetadataFile } from './metadataFileDraft';
import type { ModuleCompleteness } from './moduleCompleteness';
import type { PackageMetadata, PackageRelations } from './storedPackage';

/** What all units have, whatever their type. */
export interface UnitRecord {
  id: number;
  uuid: string;
  type: ContentType;
  /** With the type the unit's identity. */
  digest: string;
  labels: Record<string, string>;
  createdAt: string;
}

/** Lists that nobody asked for are not read. */
export interface PackageUnit extends UnitRecord {
  metadata: PackageMetadata;
  relations: PackageRelations | undefined;
  files: RpmFile[] | undefined;
  changelogs: RpmChangelog[] | undefined;
  /** Undefined while the file is not stored. */
  artifact: Artifact | undefined;
  /**
   * Its file says so, or a module names it as its artifact: one of the version when the list is
   * narrowed by one.
   */
  isModular: boolean;
  /** Keys that its file says it is signed with; undefined while nobody has read that. */
  signingKeys: string[] | undefined;
}

export interface AdvisoryUnit extends UnitRecord {
  advisory: Advisory;
}

export interface ModulemdUnit extends UnitRecord {
  document: Omit<ModulemdDocument, 'kind' | 'summary' | 'licenses'>;
  /** Of all that the caller may see, or of one version; empty when nobody wants to know. */
  completeness: ModuleCompleteness;
}

export interface ModulemdDefaultsUnit extends UnitRecord {
  document: Omit<ModulemdDefaults, 'kind'>;
}

export interface ModulemdObsoleteUnit extends UnitRecord {
  document: Omit<ModulemdObsoletes, 'snippet'>;
}

/** A document of modules.yaml that is kept as it is. */
export interface ModulemdDocumentUnit extends UnitRecord {
  document: Omit<UnknownModulesDocument, 'kind'>;
}

export interface CompsUnitRecord<T extends CompsUnit> extends UnitRecord {
  comps: T;
}

export interface MetadataFileUnit extends UnitRecord {
  file: RepoMetadataFile;
  /** Undefined while the file is not stored. */
  artifact: Artifact | undefined;
}

/** A file of a tree. */
export interface TreeFile {
  /** Relative to the tree's root. */
  path: string;
  /** UUID of the stored file; undefined while it is not stored. */
  artifactUuid: string | undefined;
}

/** What a tree has in one of its folders. */
export interface TreeRepository {
  /** Relative to the tree's root. */
  path: string;
  /** A hidden one. */
  repositoryUuid: string;
  number: number;
}

export interface DistributionTreeUnit extends UnitRecord {
  treeinfo: Treeinfo;
  files: TreeFile[];
  repositories: TreeRepository[];
}

/** What a unit of each type is. */
export interface UnitRecords {
  'rpm.package': PackageUnit;
  'rpm.advisory': AdvisoryUnit;
  'rpm.modulemd': ModulemdUnit;
  'rpm.modulemd_defaults': ModulemdDefaultsUnit;
  'rpm.modulemd_obsolete': ModulemdObsoleteUnit;
  'rpm.modulemd_document': ModulemdDocumentUnit;
  'rpm.packagegroup': CompsUnitRecord<CompsGroup>;
  'rpm.packagecategory': CompsUnitRecord<CompsCategory>;
  'rpm.packageenvironment': CompsUnitRecord<CompsEnvironment>;
  'rpm.packagelangpacks': CompsUnitRecord<CompsLangpacks>;
  'rpm.repo_metadata_file': MetadataFileUnit;
  'rpm.distribution_tree': DistributionTreeUnit;
}

/** Which fields of the answer somebody wants; what is not wanted is not read. */
export interface FieldSelection {
  fields?: string[];
  exclude_fields?: string[];
}

/** What a read of one unit may ask for. */
export interface ReadSelection extends FieldSelection {
  /** Its relations to other units are those within this version, or the latest of a repository. */
  repository_version?: string;
}

interface CallOptions {
  credentials: BackstageCredentials;
  /** Narrows to what is in repositories that the caller may see; all when absent. */
  visible?: Visibility;
}

/** Content units: they are created by sync and upload, and read here. */
export interface ContentUnitService {
  /** @throws InvalidInputError when a filter names no repository version */
  list<T extends ContentType>(
    type: T,
    filters: ListQuery,
    options: CallOptions,
  ): Promise<RowPage<UnitRecords[T]>>;
  /** Units of all types. @throws InvalidInputError */
  listAll(
    filters: ListQuery,
    options: CallOptions,
  ): Promise<RowPage<UnitRecord>>;
  /** @throws NotFoundError, InvalidInputError when `repository_version` names none */
  get<T extends ContentType>(
    type: T,
    uuid: string,
    selection: ReadSelection,
    options: CallOptions,
  ): Promise<UnitRecords[T]>;
}
