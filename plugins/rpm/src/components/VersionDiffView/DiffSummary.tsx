import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  DIFF_CHANGES,
  DIFF_KINDS,
  type VersionDiff,
} from '@rpmportal/backstage-plugin-rpm-common';
import { rpmTranslationRef } from '../../translations';
import { ChangeMark } from '../ChangeMark';
import styles from './VersionDiffView.module.css';

/** How much of each kind changes. */
export function DiffSummary(props: { counts: VersionDiff['counts'] }) {
  const { counts } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  return (
    <dl className={styles.summary}>
      {DIFF_KINDS.filter(kind => counts[kind]).map(kind => (
        <div key={kind} className={styles.kind}>
          <dt>{t(`kind.${kind}`)}</dt>
          {DIFF_CHANGES.filter(change => counts[kind][change]).map(change => (
            <dd key={change} className={styles.count}>
              <ChangeMark change={change}>
                {t(`diff.${change}Count`, {
                  number: String(counts[kind][change]),
                })}
              </ChangeMark>
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
