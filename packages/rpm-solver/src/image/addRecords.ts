import { parseNevra, type Evr, type RpmRelation } from '@rpmportal/rpm-format';
import { isSourceArch } from '../architecture/architectures';
import type { ModuleRecord, PackageRecord } from '../pool/records';
import type { RowsBuilder } from '../pool/Rows';
import { hashText, textHash } from './hashText';
import { type ImageDraft, RELATION_ROWS } from './ImageDraft';

const NONE_KNOWN: ReadonlySet<number> = new Set();

/** Writes a package into the columns of an image. */
export function addPackageRecord(
  draft: ImageDraft,
  record: PackageRecord,
): void {
  const { texts } = draft;
  if (draft.ranges.at(-1)?.knownPaths !== NONE_KNOWN) {
    draft.ranges.push({ start: draft.units.length, knownPaths: NONE_KNOWN });
  }
  draft.units.push(record.unit);
  draft.names.push(texts.intern(record.name));
  draft.evrIds.push(
    draft.internEvr({ ...evrOf(record), epoch: record.epoch || '0' }),
  );
  draft.archs.push(texts.intern(record.arch));
  for (const kind of RELATION_ROWS) {
    addRelations(draft, draft.rows[kind], record[kind]);
  }
  if (!isSourceArch(record.arch)) {
    addProvisions(draft, record);
    addFileHashes(draft.fileHashes, record.files);
  }
  draft.provides.endRow();
  draft.fileHashes.endRow();
}

/** Writes a module into the columns of an image. */
export function addModuleRecord(draft: ImageDraft, record: ModuleRecord): void {
  const { texts } = draft;
  const { unit, name, stream, version, context, arch } = record;
  const artifacts = [...new Set(record.artifacts)].flatMap(artifact => {
    const nevra = parseNevra(artifact);
    return nevra
      ? [
          texts.intern(nevra.name),
          draft.internEvr(evrOf(nevra)),
          texts.intern(nevra.arch),
        ]
      : [];
  });
  const requires = record.requires
    .filter(({ name: required }) => required !== 'platform')
    .flatMap(({ name: required, streams }) => [
      texts.intern(required),
      streams.length,
      ...streams.map(one => texts.intern(one)),
    ]);
  draft.modules.push({
    columns: [
      unit,
      ...[name, stream, version, context, arch].map(text => texts.intern(text)),
    ],
    artifacts,
    requires,
  });
}

function evrOf({ epoch, version, release }: PackageRecord | Evr): Evr {
  return { epoch, version, release };
}

function addRelations(
  draft: ImageDraft,
  rows: RowsBuilder,
  relations: readonly RpmRelation[],
): void {
  if (relations.length > 0) {
    const seen = new Set<number>();
    for (const relation of relations) {
      // Features of rpm itself, which no repository provides.
      if (!relation.name.startsWith('rpmlib(')) {
        seen.add(toRequirement(draft, relation));
      }
    }
    for (const id of seen) rows.push(id);
  }
  rows.endRow();
}

function toRequirement(draft: ImageDraft, relation: RpmRelation): number {
  const { name } = relation;
  return name.startsWith('(')
    ? ~draft.rich.intern(draft.texts.intern(name), name)
    : draft.internRelation(relation);
}

/** rpm writes a package's own name and EVR among its provides; hand-made metadata may not. */
function addProvisions(draft: ImageDraft, record: PackageRecord): void {
  const own = draft.internRelation({
    name: record.name,
    flags: 'EQ',
    ...evrOf(record),
  });
  draft.provides.push(own);
  for (const relation of record.provides) {
    const provided = draft.internRelation(relation);
    if (provided !== own) draft.provides.push(provided);
  }
}

function addFileHashes(hashes: RowsBuilder, paths: readonly string[]): void {
  for (const path of paths) {
    hashText(path);
    hashes.push(textHash[0]);
    hashes.push(textHash[1]);
  }
}
