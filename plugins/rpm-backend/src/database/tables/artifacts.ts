import type { DbEntityRow } from './columns';

export interface DbArtifactRow {
  id: number;
  uuid: string;
  /** Hex; also the file's name in the storage. */
  sha256: string;
  size: number;
  md5: string | null;
  sha1: string | null;
  sha224: string;
  sha384: string;
  sha512: string;
  created_at: string;
  /** When it was last stored or wanted again; null: when it was created. */
  touched_at: string | null;
}

/** The file of a unit that has one (packages, metadata files), once it is stored. */
export interface DbUnitArtifactRow {
  unit_id: number;
  artifact_id: number;
}

/** Where a unit's file can be fetched from. */
export interface DbRemoteArtifactRow {
  unit_id: number;
  remote_id: number;
  url: string;
  size: number | null;
  checksum_type: string;
  checksum: string;
}

/** A file that comes in pieces, until it is whole. */
export interface DbUploadRow extends DbEntityRow {
  /** Bytes of the whole file. */
  size: number;
  created_by: string | null;
}

/** A piece of an upload. Where pieces overlap, the one with the highest id counts. */
export interface DbUploadChunkRow {
  id: number;
  upload_id: number;
  offset: number;
  size: number;
  /** Below the upload's folder in the storage. */
  file_name: string;
}

/** Who has shown the bytes of a unit, and therefore sees it wherever it is. */
export interface DbUnitUploaderRow {
  unit_id: number;
  user_ref: string;
}

/** Who has shown the bytes of a stored file. */
export interface DbArtifactUploaderRow {
  artifact_id: number;
  user_ref: string;
}
