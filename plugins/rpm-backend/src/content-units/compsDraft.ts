import { compsDigest, type CompsUnit } from '@rpmportal/rpm-format';
import type { UnitDraft } from '../database/operations/content-units/saveUnits';
import type { DbCompsRow } from '../database/tables';
import { cleanText } from './packing';

/** The content type of each kind of comps unit. */
export const COMPS_CONTENT_TYPES = {
  group: 'rpm.packagegroup',
  category: 'rpm.packagecategory',
  environment: 'rpm.packageenvironment',
  langpacks: 'rpm.packagelangpacks',
} as const;

/** A group, category, environment or langpacks as it is stored, but for the unit's id. */
export interface CompsDraft extends UnitDraft {
  columns: Omit<DbCompsRow, 'unit_id'>;
}

/** Two groups of one id are two units when anything else differs. */
export function toCompsDraft(unit: CompsUnit): CompsDraft {
  const document = JSON.stringify(unit);
  const { id = '', name = '' } = unit.kind === 'langpacks' ? {} : unit;
  return {
    type: COMPS_CONTENT_TYPES[unit.kind],
    digest: compsDigest(unit),
    repoKey: unit.kind === 'langpacks' ? undefined : cleanText(id),
    size: document.length,
    columns: {
      comps_id: cleanText(id),
      name: cleanText(name),
      document_json: document,
    },
  };
}
