import { advisoryDigest, type Advisory } from '@rpmportal/rpm-format';
import type { UnitDraft } from '../database/operations/content-units/saveUnits';
import type { DbAdvisoryRow } from '../database/tables';
import { nameCollections } from './collectionNames';
import { cleanText } from './packing';

/** An advisory as it is stored, but for the unit's id. */
export interface AdvisoryDraft extends UnitDraft {
  type: 'rpm.advisory';
  columns: Omit<DbAdvisoryRow, 'unit_id'>;
}

/** An advisory's identity is all that it says, with the names of its collections filled in. */
export function toAdvisoryDraft(given: Advisory): AdvisoryDraft {
  const advisory = nameCollections(given);
  const document = JSON.stringify(advisory);
  return {
    type: 'rpm.advisory',
    digest: advisoryDigest(advisory),
    repoKey: advisory.id,
    size: document.length,
    columns: {
      advisory_id: cleanText(advisory.id),
      updated_date: cleanText(advisory.updatedDate ?? ''),
      issued_date: cleanText(advisory.issuedDate ?? ''),
      type: cleanText(advisory.type ?? ''),
      severity: cleanText(advisory.severity ?? ''),
      status: cleanText(advisory.status ?? ''),
      title: cleanText(advisory.title ?? ''),
      document_json: document,
    },
  };
}
