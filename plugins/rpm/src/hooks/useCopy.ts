import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  RpmApiError,
  type CopyDestinationResult,
  type CopyPreview,
  type CopyResult,
  type Task,
} from '@rpmportal/backstage-plugin-rpm-common';
import { rpmApiRef, type CopyInput, type RpmApi } from '../api';
import type { CopyDestination } from './copyChoice';

/** A copy to be planned, with the name of where it goes. */
export interface CopyRequest {
  input: CopyInput;
  destination: CopyDestination;
}

/** What a copy would do, as the backend keeps it until it is applied. */
export interface PlannedCopy extends CopyRequest {
  /** Href of the plan. */
  plan: string;
  preview: CopyPreview;
}

/** How far a copy is. */
export type CopyState =
  /** `error` is why the last preview failed. */
  | { phase: 'choosing'; error?: Error }
  | { phase: 'planning'; task?: Task }
  | { phase: 'planned'; copy: PlannedCopy }
  | { phase: 'applying'; copy: PlannedCopy; task?: Task }
  /** `stale` when the destination changed after the preview. */
  | { phase: 'failed'; copy: PlannedCopy; error: Error; stale: boolean }
  | { phase: 'done'; copy: PlannedCopy; made?: CopyDestinationResult };

/** One copy at a time: its preview, then the copy as it was shown. */
export interface Copy {
  state: CopyState;
  preview(request: CopyRequest): void;
  apply(copy: PlannedCopy, reason: string): void;
  /** Goes back to the choice; a preview that runs is given up. */
  reset(): void;
  /** Gives up what changes nothing; a copy that began goes on. */
  leave(): void;
}

/** Answers of the backend: the plan does not fit any more, or is gone. */
const STALE = [404, 409];

/**
 * Plans a copy and applies the plan, following the tasks for as long as the component is shown.
 *
 * @param onDone - called after the destination got a version, or was found to need none
 */
export function useCopy(onDone: () => void): Copy {
  const api = useApi(rpmApiRef);
  const [state, setState] = useState<CopyState>({ phase: 'choosing' });
  const abort = useRef<AbortController>();
  useEffect(() => () => abort.current?.abort(), []);

  const begin = useCallback(() => {
    abort.current?.abort();
    abort.current = new AbortController();
    return abort.current.signal;
  }, []);

  const preview = useCallback(
    async (request: CopyRequest) => {
      const signal = begin();
      setState({ phase: 'planning' });
      try {
        const planned = await planCopy(api, request.input, signal, task =>
          setState({ phase: 'planning', task }),
        );
        const copy = { ...request, plan: planned.plan, preview: planned };
        setState({ phase: 'planned', copy });
      } catch (error) {
        if (!signal.aborted) {
          setState({ phase: 'choosing', error: error as Error });
        }
      }
    },
    [api, begin],
  );

  const apply = useCallback(
    async (copy: PlannedCopy, reason: string) => {
      const signal = begin();
      setState({ phase: 'applying', copy });
      try {
        const href = await api.applyPlan(copy.plan, { reason });
        const { result } = await api.waitForTask(href, {
          signal,
          onProgress: task => setState({ phase: 'applying', copy, task }),
        });
        const { destinations } = result as CopyResult;
        const made = destinations.find(({ outcome }) => outcome === 'created');
        setState({ phase: 'done', copy, made });
        onDone();
      } catch (error) {
        if (signal.aborted) return;
        const stale =
          error instanceof RpmApiError && STALE.includes(error.status);
        setState({ phase: 'failed', copy, error: error as Error, stale });
      }
    },
    [api, begin, onDone],
  );

  const reset = useCallback(() => {
    abort.current?.abort();
    setState({ phase: 'choosing' });
  }, []);

  const { phase } = state;
  const leave = useCallback(() => {
    if (['choosing', 'planning', 'planned'].includes(phase)) reset();
  }, [phase, reset]);

  return { state, preview, apply, reset, leave };
}

/** Lets the backend plan a copy; who does not wait for the plan does not need its task either. */
async function planCopy(
  api: RpmApi,
  input: CopyInput,
  signal: AbortSignal,
  onProgress: (task: Task) => void,
): Promise<CopyPreview> {
  const href = await api.copy({ ...input, dry_run: true });
  // A task that has ended cannot be cancelled, which is as good.
  const cancel = () => api.cancelTask(href).catch(() => undefined);
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const { result } = await api.waitForTask(href, { signal, onProgress });
    return result as CopyPreview;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
