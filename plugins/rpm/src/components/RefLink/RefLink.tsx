import { parseEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** A link to whoever a ref names; services, which have no page, are only named. */
export function RefLink(props: { value: string }) {
  const { value } = props;
  return isEntityRef(value) ? (
    <EntityRefLink entityRef={value} hideIcon />
  ) : (
    <span>{value}</span>
  );
}

/** Services are named `plugin:…` or `external:…`, which are refs without a kind of the catalog. */
function isEntityRef(text: string): boolean {
  try {
    return !['plugin', 'external'].includes(parseEntityRef(text).kind);
  } catch {
    return false;
  }
}
