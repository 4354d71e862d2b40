import {
  imageUnits,
  PoolBuilder,
  readImage as openImage,
  type PoolImage,
} from '@rpmportal/rpm-solver';
import { open, rename, writeFile } from 'fs/promises';
import { unpackSolverPackages } from '../content-units/solverPackage';
import type { JobContext } from '../workers/types';
import { cancellationOf } from './cancellationOf';
import type {
  BuildBatch,
  BuildInput,
  KeepInput,
  ReadInput,
  SharedImage,
} from './jobTypes';
import { toSolverModule } from './solverModule';
import { toUnitSet } from './unitSets';

type FedContext = JobContext<BuildBatch, never>;

/** Makes an image. What the job is fed with counts, and the sources know the rest. */
export async function buildImage(
  { wanted, sources }: BuildInput,
  context: FedContext,
): Promise<SharedImage> {
  const builder = new PoolBuilder(cancellationOf(context));
  for await (const batch of ahead(context)) {
    context.checkCancelled();
    if (batch.kind === 'modules') {
      for (const row of batch.rows) builder.addModule(toSolverModule(row));
    } else {
      for (const record of unpackSolverPackages(batch.packed)) {
        builder.addPackage(record);
      }
    }
  }
  const needed = new Set(wanted);
  for (const { bytes, stale } of sources) {
    context.checkCancelled();
    const outdated = new Set(stale);
    builder.addImage(
      { bytes },
      unit => needed.has(unit) && !outdated.has(unit),
    );
  }
  return share(builder.build());
}

/** Reads an image from a file. @throws ImageFormatError */
export async function readImage({ path }: ReadInput): Promise<SharedImage> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    for (let at = 0; at < size; ) {
      const { bytesRead } = await file.read(bytes, at, size - at, at);
      if (!bytesRead) break;
      at += bytesRead;
    }
    return share(openImage(bytes));
  } finally {
    await file.close();
  }
}

export async function keepImage(
  { bytes, units, path, temporaryPath }: KeepInput,
  context: JobContext<never, never>,
): Promise<void> {
  const builder = new PoolBuilder(cancellationOf(context));
  const kept = new Set(units);
  builder.addImage({ bytes }, unit => kept.has(unit));
  await writeFile(temporaryPath, builder.build().bytes);
  await rename(temporaryPath, path);
}

function share(image: PoolImage): SharedImage {
  return { bytes: image.bytes, units: toUnitSet(imageUnits(image)) };
}

/** Asks for a batch before the one before it is dealt with: the next is read meanwhile. */
async function* ahead({
  batches,
}: FedContext): AsyncGenerator<BuildBatch, void, undefined> {
  const iterator = batches[Symbol.asyncIterator]();
  let coming = iterator.next();
  for (;;) {
    const next = await coming;
    if (next.done) return;
    coming = iterator.next();
    // Whoever gives up in between does not wait for it any more.
    coming.catch(() => {});
    yield next.value;
  }
}
