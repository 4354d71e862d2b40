import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { Repository, Task } from '@rpmportal/backstage-plugin-rpm-common';
import { rpmApiRef } from '../api';
import { isVersionOf, versionNumberOf } from './hrefs';

/** Where to roll back to: a version, perhaps by way of a checkpoint of it. */
export interface RollbackTarget {
  versionHref: string;
  versionNumber: number;
  checkpoint?: { href: string; stamp: string };
}

/** What the user decided. */
export interface RollbackRequest {
  target: RollbackTarget;
  reason: string;
  publish: boolean;
}

/** How far a roll-back is. */
export type RollbackState =
  | { phase: 'idle' }
  | { phase: 'running'; target: RollbackTarget; task?: Task }
  | { phase: 'failed'; target: RollbackTarget; error: Error }
  /** `versionNumber` is that of the new version; undefined when nothing had to change. */
  | { phase: 'done'; target: RollbackTarget; versionNumber?: number };

/** A repository's roll-back, one at a time. */
export interface Rollback {
  state: RollbackState;
  start(request: RollbackRequest): void;
  /** Forgets how the last one ended. */
  dismiss(): void;
}

/**
 * Rolls a repository back and follows the task until it ends, for as long as the component is shown.
 *
 * @param onDone - called after a new version was made, or found to be unnecessary
 */
export function useRollback(
  repository: Repository,
  onDone: () => void,
): Rollback {
  const api = useApi(rpmApiRef);
  const [state, setState] = useState<RollbackState>({ phase: 'idle' });
  const abort = useRef<AbortController>();
  useEffect(() => () => abort.current?.abort(), []);

  const start = useCallback(
    async ({ target, reason, publish }: RollbackRequest) => {
      const controller = new AbortController();
      abort.current = controller;
      const { signal } = controller;
      setState({ phase: 'running', target });
      try {
        const href = await api.rollBack(repository, {
          ...(target.checkpoint
            ? { checkpoint: target.checkpoint.href }
            : { version: target.versionHref }),
          reason,
          publish,
        });
        const task = await api.waitForTask(href, {
          signal,
          onProgress: current =>
            setState({ phase: 'running', target, task: current }),
        });
        const made = task.created_resources.find(created =>
          isVersionOf(repository, created),
        );
        setState({
          phase: 'done',
          target,
          versionNumber: made === undefined ? undefined : versionNumberOf(made),
        });
        onDone();
      } catch (error) {
        if (!signal.aborted) {
          setState({ phase: 'failed', target, error: error as Error });
        }
      }
    },
    [api, repository, onDone],
  );

  const dismiss = useCallback(() => setState({ phase: 'idle' }), []);
  return { state, start, dismiss };
}
