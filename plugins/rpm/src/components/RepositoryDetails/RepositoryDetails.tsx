import { useCallback, useRef, useState } from 'react';
import { Flex, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  Repository,
  RepositoryVersion,
} from '@rpmportal/backstage-plugin-rpm-common';
import {
  useCheckpoints,
  useCopy,
  useDistributions,
  useOwner,
  useRollback,
  useRollbackPermission,
  useVersions,
  type RollbackTarget,
} from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { CheckpointTable } from '../CheckpointTable';
import { CopyDialog, CopyStatus, type CopySource } from '../CopyDialog';
import { DistributionList } from '../DistributionList';
import { ModulesView } from '../ModulesView';
import { RollbackDialog, RollbackNotice, RollbackStatus } from '../Rollback';
import { VersionTable } from '../VersionTable';
import { RepositoryHeader } from './RepositoryHeader';
import styles from './RepositoryDetails.module.css';

/** Returning the focus takes the dialog two frames. */
const FOCUS_RETURNED_MS = 50;

const VIEWS = ['versions', 'modules', 'checkpoints', 'distributions'] as const;

/** What of a repository is shown. */
export type RepositoryView = (typeof VIEWS)[number];

/** Reads a view's name, `versions` when it is none. */
export function toView(name: string | null): RepositoryView {
  return VIEWS.find(view => view === name) ?? 'versions';
}

/**
 * One repository: what it is, its versions, modules, checkpoints and distributions, the way back to an
 * earlier version, and copies from any of them.
 */
export function RepositoryDetails(props: {
  repository: Repository;
  view: RepositoryView;
  onViewChange: (view: RepositoryView) => void;
}) {
  const { repository, view, onViewChange } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const owner = useOwner(repository);
  const permission = useRollbackPermission(repository);
  const versions = useVersions(repository);
  const checkpoints = useCheckpoints(repository);
  const distributions = useDistributions(repository);

  const { reload: reloadVersions } = versions;
  const { reload: reloadCheckpoints } = checkpoints;
  const reload = useCallback(() => {
    reloadVersions();
    reloadCheckpoints();
  }, [reloadVersions, reloadCheckpoints]);
  const rollback = useRollback(repository, reload);
  const { phase } = rollback.state;

  const latest = versions.latest?.pulp_href;

  const [target, setTarget] = useState<RollbackTarget>();
  const statusRef = useRef<HTMLDivElement>(null);
  function open(chosen: RollbackTarget) {
    rollback.dismiss();
    setTarget(chosen);
  }
  function close() {
    setTarget(undefined);
    // The focus returns to the button that opened the dialog, unless that is gone with the rows that
    // were read again.
    setTimeout(() => {
      if (document.activeElement === document.body) statusRef.current?.focus();
    }, FOCUS_RETURNED_MS);
  }
  const onRollBack =
    permission.allowed && phase !== 'running' ? open : undefined;

  const copy = useCopy(reload);
  const [copySource, setCopySource] = useState<CopySource>();
  function openCopy(version: RepositoryVersion) {
    copy.reset();
    const isLatest = version.pulp_href === latest;
    setCopySource({ repository, version, isLatest });
  }
  function closeCopy() {
    setCopySource(undefined);
    copy.leave();
  }
  const onCopy = copy.state.phase === 'applying' ? undefined : openCopy;

  return (
    <Flex direction="column" gap="4">
      <RepositoryHeader
        repository={repository}
        owner={owner}
        latest={versions.latest}
        onCopy={onCopy}
      />
      {!permission.loading && !permission.allowed && (
        <RollbackNotice owner={owner} />
      )}
      {!target && (
        <RollbackStatus
          ref={statusRef}
          state={rollback.state}
          onDismiss={rollback.dismiss}
        />
      )}
      {!copySource && <CopyStatus state={copy.state} onDismiss={copy.reset} />}
      <Tabs
        selectedKey={view}
        onSelectionChange={key => onViewChange(toView(String(key)))}
      >
        <TabList aria-label={t('repository.views', { name: repository.name })}>
          {VIEWS.map(name => (
            <Tab key={name} id={name}>
              {t(`${name}.tab`)}
            </Tab>
          ))}
        </TabList>
        <TabPanel id="versions" className={styles.panel}>
          <VersionTable
            tableProps={versions.tableProps}
            highlighted={
              rollback.state.phase === 'done'
                ? rollback.state.versionNumber
                : undefined
            }
            onRetry={reloadVersions}
            onRollBack={onRollBack}
            onCopy={onCopy}
          />
        </TabPanel>
        <TabPanel id="modules" className={styles.panel}>
          <ModulesView
            repository={repository}
            latest={latest ?? repository.latest_version_href}
          />
        </TabPanel>
        <TabPanel id="checkpoints" className={styles.panel}>
          <CheckpointTable
            tableProps={checkpoints.tableProps}
            distribution={distributions.value?.find(
              ({ checkpoint }) => checkpoint,
            )}
            latest={latest}
            onRetry={reloadCheckpoints}
            onRollBack={onRollBack}
          />
        </TabPanel>
        <TabPanel id="distributions" className={styles.panel}>
          <DistributionList
            repository={repository}
            distributions={distributions.value}
            error={distributions.error}
            onRetry={distributions.retry}
            newestStamp={checkpoints.newest?.checkpoint_timestamp ?? undefined}
          />
        </TabPanel>
      </Tabs>
      {target && latest && (
        <RollbackDialog
          repository={repository}
          target={target}
          latest={latest}
          rollback={rollback}
          onClose={close}
        />
      )}
      {copySource && (
        <CopyDialog source={copySource} copy={copy} onClose={closeCopy} />
      )}
    </Flex>
  );
}
