import type { DistributionTree } from '@rpmportal/backstage-plugin-rpm-common';
import type { TreeVariant } from '@rpmportal/rpm-format';
import type { DistributionTreeUnit } from '../../content-units';
import { hrefOf, versionHrefOf } from '../../identifiers';
import { serializeUnit } from './serializeUnit';

function serializePart({ uid, name, type, packages }: TreeVariant) {
  return { uid, name, type, packages };
}

function serializeVariant(
  variant: TreeVariant,
): DistributionTree['variants'][number] {
  return {
    variant_id: variant.id,
    ...serializePart(variant),
    source_packages: variant.sourcePackages ?? null,
    source_repository: variant.sourceRepository ?? null,
    debug_packages: variant.debugPackages ?? null,
    debug_repository: variant.debugRepository ?? null,
    identity: variant.identity ?? null,
  };
}

/** A distribution tree in wire format. */
export function serializeDistributionTree(
  unit: DistributionTreeUnit,
): DistributionTree {
  const { treeinfo: tree } = unit;
  const { release, baseProduct } = tree;
  const artifacts = new Map(
    unit.files.map(({ path, artifactUuid }) => [path, artifactUuid]),
  );
  return {
    ...serializeUnit(unit),
    header_version: tree.headerVersion,
    release_name: release.name,
    release_short: release.short,
    release_version: release.version,
    release_is_layered: release.isLayered,
    base_product_name: baseProduct?.name ?? null,
    base_product_short: baseProduct?.short ?? null,
    base_product_version: baseProduct?.version ?? null,
    arch: tree.arch,
    build_timestamp: tree.buildTimestamp,
    instimage: tree.instimage ?? null,
    mainimage: tree.mainimage ?? null,
    discnum: tree.discnum ?? null,
    totaldiscs: tree.totaldiscs ?? null,
    addons: tree.addons.map(addon => ({
      addon_id: addon.id,
      ...serializePart(addon),
    })),
    checksums: tree.checksums.map(({ path, type, value }) => ({
      path,
      checksum: `${type}:${value}`,
    })),
    images: tree.images.map(({ name, path, platforms }) => {
      const artifact = artifacts.get(path);
      return {
        name,
        path,
        platforms: platforms.join(', '),
        artifact: artifact ? hrefOf('artifact', artifact) : null,
      };
    }),
    variants: tree.variants.map(serializeVariant),
    repositories: unit.repositories.map(({ path, repositoryUuid, number }) => ({
      path,
      repository_version: versionHrefOf(repositoryUuid, number),
    })),
  };
}
