import type { FieldSelection } from '../../../../content-units/types';
import type { Visibility } from '../../../../permissions/AccessControl';
import type { VersionContent } from '../../../membership';

/** What is wanted of units besides their rows, and what their relations are narrowed to. */
export interface DetailScope {
  selection: FieldSelection;
  /** Relations between units are those within this version, if one is given. */
  content: VersionContent | undefined;
  visible: Visibility;
}

/** Whether any of the fields is wanted. */
export function wantsAny(
  { selection }: DetailScope,
  fields: readonly string[],
): boolean {
  const { fields: included, exclude_fields: excluded } = selection;
  return fields.some(
    field =>
      (!included || included.includes(field)) && !excluded?.includes(field),
  );
}
