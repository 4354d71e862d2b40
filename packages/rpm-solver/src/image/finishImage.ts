import { type Cancellation, checkCancelled } from '../cancellation';
import { IntList } from '../pool/IntList';
import { groupByRow, type Rows, RowsBuilder } from '../pool/Rows';
import type { ImageDraft, ModuleDraft } from './ImageDraft';
import { findOwnedPaths } from './ownedPaths';
import { attachImage, type PoolImage } from './PoolImage';
import { type Sections, writeSections } from './sections';
import { TripleTable } from './TripleTable';

/**
 * Makes the image of a draft. Packages and modules come to stand in the order of their units, so that
 * whatever goes by their positions is the same in every image that holds them.
 */
export function finishImage(
  draft: ImageDraft,
  cancellation: Cancellation,
): PoolImage {
  const { texts, rich } = draft;
  const order = ascendingUnits(draft.units.view());
  const owned = findOwnedPaths(draft, cancellation);
  checkCancelled(cancellation);
  const provides = joinedRows(draft.provides.view(), owned, order);
  checkCancelled(cancellation);
  const richRelations = rich.relations.view();
  const files = orderedRows(draft.fileHashes.view(), order);
  checkCancelled(cancellation);
  return attachImage(
    writeSections({
      textStarts: texts.starts.view(),
      textHashes: texts.hashes.view(),
      textBytes: texts.bytes,
      evrs: draft.evrs.values,
      relations: draft.relations.values,
      richTexts: rich.texts.view(),
      richRelationStarts: richRelations.starts,
      richRelations: richRelations.values,
      ...packageColumns(draft, order),
      ...relationRows(draft, order),
      providesStarts: provides.starts,
      provides: provides.values,
      fileStarts: files.starts,
      fileHashes: files.values,
      ...providers(draft, provides),
      ...modules(draft, order),
    }),
  );
}

/** The draft's packages by unit. */
function ascendingUnits(units: Int32Array): Int32Array {
  const order = units.map((_, id) => id);
  const isOrdered = units.every((unit, id) => id === 0 || units[id - 1] < unit);
  return isOrdered ? order : order.sort((a, b) => units[a] - units[b]);
}

function packageColumns(draft: ImageDraft, order: Int32Array) {
  const archNumbers = new Map<number, number>();
  const archIds = order.map(id => {
    const arch = draft.archs.at(id);
    const number = archNumbers.get(arch) ?? archNumbers.size;
    archNumbers.set(arch, number);
    return number;
  });
  return {
    units: order.map(id => draft.units.at(id)),
    names: order.map(id => draft.names.at(id)),
    evrIds: order.map(id => draft.evrIds.at(id)),
    archIds,
    archs: Int32Array.from(archNumbers.keys()),
  };
}

function relationRows({ rows }: ImageDraft, order: Int32Array) {
  const requires = orderedRows(rows.requires.view(), order);
  const conflicts = orderedRows(rows.conflicts.view(), order);
  const obsoletes = orderedRows(rows.obsoletes.view(), order);
  const recommends = orderedRows(rows.recommends.view(), order);
  const supplements = orderedRows(rows.supplements.view(), order);
  return {
    requiresStarts: requires.starts,
    requires: requires.values,
    conflictsStarts: conflicts.starts,
    conflicts: conflicts.values,
    obsoletesStarts: obsoletes.starts,
    obsoletes: obsoletes.values,
    recommendsStarts: recommends.starts,
    recommends: recommends.values,
    supplementsStarts: supplements.starts,
    supplements: supplements.values,
  };
}

function orderedRows(rows: Rows, order: Int32Array): Rows {
  if (order.every((id, position) => id === position)) return rows;
  const { starts, values } = rows;
  const ordered = {
    starts: new Int32Array(order.length + 1),
    values: new Int32Array(values.length),
  };
  let end = 0;
  for (let position = 0; position < order.length; ) {
    // Rows that stay neighbours are copied as one.
    const first = order[position];
    const shift = end - starts[first];
    let id = first;
    while (order[position] === id) {
      id += 1;
      position += 1;
      ordered.starts[position] = starts[id] + shift;
    }
    ordered.values.set(values.subarray(starts[first], starts[id]), end);
    end += starts[id] - starts[first];
  }
  return ordered;
}

/** The rows of both, one behind the other. */
function joinedRows(first: Rows, second: Rows, order: Int32Array): Rows {
  if (second.values.length === 0) return orderedRows(first, order);
  const joined = new RowsBuilder();
  joined.reserve(order.length, first.values.length + second.values.length);
  for (const id of order) {
    for (const { starts, values } of [first, second]) {
      for (let i = starts[id]; i < starts[id + 1]; i++) joined.push(values[i]);
    }
    joined.endRow();
  }
  return joined.view();
}

/** By text, the packages that provide something of that name, and what they provide. */
function providers({ texts, relations }: ImageDraft, provides: Rows) {
  const { starts, values } = provides;
  const names = new Int32Array(values.length);
  const packages = new Int32Array(values.length);
  for (let id = 0; id + 1 < starts.length; id++) {
    for (let i = starts[id]; i < starts[id + 1]; i++) {
      names[i] = relations.at(values[i], 0);
      packages[i] = id;
    }
  }
  const byName = groupByRow(names, packages, texts.size);
  return {
    providingStarts: byName.starts,
    providingPackages: byName.values,
    provided: groupByRow(names, values, texts.size).values,
  };
}

function modules(draft: ImageDraft, order: Int32Array) {
  const ordered = [...draft.modules].sort(
    (a, b) => a.columns[0] - b.columns[0],
  );
  const rowsOf = (lists: readonly (readonly number[])[]) => {
    const rows = new RowsBuilder();
    for (const list of lists) {
      for (const value of list) rows.push(value);
      rows.endRow();
    }
    return rows.view();
  };
  const requires = rowsOf(ordered.map(module => module.requires));
  const artifacts = rowsOf(ordered.map(module => module.artifacts));
  const found = rowsOf(findArtifacts(draft, ordered, order));
  const ofPackage = transpose(found, order.length);
  return {
    modules: Int32Array.from(ordered.flatMap(module => module.columns)),
    moduleRequiresStarts: requires.starts,
    moduleRequires: requires.values,
    artifactStarts: artifacts.starts,
    artifacts: artifacts.values,
    artifactPackageStarts: found.starts,
    artifactPackages: found.values,
    moduleOfPackageStarts: ofPackage.starts,
    modulesOfPackage: ofPackage.values,
  } satisfies Partial<Sections>;
}

/** By module, the positions of its artifacts as far as they are there, ascending. */
function findArtifacts(
  draft: ImageDraft,
  ordered: readonly ModuleDraft[],
  order: Int32Array,
): number[][] {
  const nevras = new TripleTable();
  const modulesOf: number[][] = [];
  ordered.forEach(({ artifacts }, module) => {
    for (let i = 0; i < artifacts.length; i += 3) {
      const nevra = nevras.intern(
        artifacts[i],
        artifacts[i + 1],
        artifacts[i + 2],
      );
      const known = (modulesOf[nevra] ??= []);
      if (known.at(-1) !== module) known.push(module);
    }
  });
  const found: number[][] = ordered.map(() => []);
  if (nevras.size === 0) return found;
  order.forEach((id, position) => {
    const nevra = nevras.find(
      draft.names.at(id),
      draft.evrIds.at(id),
      draft.archs.at(id),
    );
    if (nevra === undefined) return;
    for (const module of modulesOf[nevra]) found[module].push(position);
  });
  return found;
}

/** From lists of columns by row to lists of rows by column. */
function transpose({ starts, values }: Rows, columnCount: number): Rows {
  const rows = new IntList();
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let i = starts[row]; i < starts[row + 1]; i++) rows.push(row);
  }
  return groupByRow(values, rows.view(), columnCount);
}
