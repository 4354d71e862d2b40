import type { ProgressReport } from '@rpmportal/backstage-plugin-rpm-common';
import type { Progress } from './types';

/** The progress reports of one running task, by code. */
export class ProgressBook {
  readonly #reports = new Map<string, ProgressReport>();
  #changed = false;

  open(code: string, message: string, total?: number): Progress {
    const report: ProgressReport = this.#reports.get(code) ?? {
      message,
      code,
      state: 'running',
      total: total ?? null,
      done: 0,
      suffix: null,
    };
    this.#reports.set(code, report);
    this.#changed = true;
    return {
      advance: (by = 1) => {
        report.done += by;
        this.#changed = true;
      },
      setTotal: value => {
        report.total = value;
        this.#changed = true;
      },
      finish: () => {
        report.state = 'completed';
        report.total ??= report.done;
        this.#changed = true;
      },
    };
  }

  /** Ends what is still running the way the task ended. */
  close(state: 'completed' | 'failed' | 'canceled'): void {
    for (const report of this.#reports.values()) {
      if (report.state === 'running') report.state = state;
    }
    this.#changed = true;
  }

  /** The reports when they differ from those taken last, else undefined. */
  takeChanges(): ProgressReport[] | undefined {
    if (!this.#changed) return undefined;
    this.#changed = false;
    return [...this.#reports.values()];
  }
}
