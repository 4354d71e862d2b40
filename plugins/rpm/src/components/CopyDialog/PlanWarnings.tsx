import { Alert, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { CopyPreview } from '@rpmportal/backstage-plugin-rpm-common';
import { rpmTranslationRef } from '../../translations';
import styles from './CopyDialog.module.css';

/** As many packages of a module as a line can bear. */
const NAMED = 5;

/** Warns of what will not be whole at the destination, and of what a module or an advisory loses. */
export function PlanWarnings(props: { preview: CopyPreview }) {
  const { counts, absent, warnings, incomplete, destinations } = props.preview;
  const { t } = useTranslationRef(rpmTranslationRef);
  const losses = destinations.flatMap(destination => destination.warnings);
  const lossCount = destinations.reduce(
    (sum, { warning_count: count }) => sum + count,
    0,
  );
  return (
    <>
      <Warning
        title={t('copying.unaccompanied', { count: counts.warnings })}
        count={counts.warnings}
        lines={warnings.map(
          ({ package: unit, module }) => `${unit.label}: ${module.label}`,
        )}
      />
      <Warning
        title={t('copying.incompleteModules', { count: counts.incomplete })}
        count={counts.incomplete}
        lines={incomplete.map(
          ({ unit, absent: lacking, absent_count: all }) => {
            const named = lacking.slice(0, NAMED);
            const more = all - named.length;
            return `${unit.label}: ${[
              ...named,
              ...(more > 0 ? [t('packages.more', { count: more })] : []),
            ].join(', ')}`;
          },
        )}
      />
      <Warning
        title={t('copying.modularLosses', { count: lossCount })}
        count={lossCount}
        lines={losses.map(
          ({ package: unit, module }) => `${unit.label}: ${module.label}`,
        )}
      />
      <Warning
        title={t('copying.absent', { count: counts.absent })}
        count={counts.absent}
        lines={absent.map(
          ({ label, listed_by: advisory }) => `${advisory}: ${label}`,
        )}
      />
    </>
  );
}

/** Nothing where there is nothing to warn of. */
function Warning(props: { title: string; count: number; lines: string[] }) {
  const { title, count, lines } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  if (!count) return null;
  const more = count - lines.length;
  return (
    <Alert
      role="alert"
      status="warning"
      icon
      title={title}
      description={
        <>
          <ul className={styles.missing}>
            {lines.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {more > 0 && <Text>{t('packages.more', { count: more })}</Text>}
        </>
      }
    />
  );
}
