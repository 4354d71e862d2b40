import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { monitorEventLoopDelay } from 'perf_hooks';
import { rpmPlugin } from '../../plugin';
import type { ReplicaUsage } from './Replica';

const SAMPLE_MILLISECONDS = 50;

/** A backend as it really runs, in a process of its own; see {@link Replica}. */
const backend = createBackend();
backend.add(
  createServiceFactory({
    service: coreServices.rootConfig,
    deps: {},
    factory: () => new ConfigReader(JSON.parse(process.env.REPLICA_CONFIG!)),
  }),
);
backend.add(rpmPlugin);
backend.start();

const pauses = monitorEventLoopDelay({ resolution: 5 });
pauses.enable();
let peakMemory = 0;
const sample = () => {
  peakMemory = Math.max(peakMemory, process.memoryUsage.rss());
};
setInterval(sample, SAMPLE_MILLISECONDS).unref();

// The channel is also the Backstage CLI's, so that messages need a name.
process.on('message', (message: { type?: string }) => {
  if (message.type !== 'usage') return;
  sample();
  const usage: ReplicaUsage = { peakMemory, longestPause: pauses.max / 1e6 };
  process.send!({ type: 'usage', usage });
  // What follows starts without the garbage of what was before.
  globalThis.gc?.();
  pauses.reset();
  peakMemory = 0;
});
