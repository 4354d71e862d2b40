import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { monitorEventLoopDelay } from 'perf_hooks';
import { rpmPlugin } from '../../plugin';

const MEMORY_MILLISECONDS = 50;
const PAUSE_MILLISECONDS = 5;

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

let peakMemory = 0;
const sampleMemory = () => {
  peakMemory = Math.max(peakMemory, process.memoryUsage.rss());
};
setInterval(sampleMemory, MEMORY_MILLISECONDS).unref();

// The thread's own time, not the clock's: on a busy machine others make it wait, too.
let longestPause = 0;
let busy = 0;
setInterval(() => {
  const { user, system } = process.threadCpuUsage();
  longestPause = Math.max(longestPause, user + system - busy);
  busy = user + system;
}, PAUSE_MILLISECONDS).unref();

const delays = monitorEventLoopDelay({ resolution: PAUSE_MILLISECONDS });
delays.enable();

// The channel is also the Backstage CLI's, so that messages need a name.
process.on('message', (message: { type?: string }) => {
  if (message.type !== 'usage') return;
  sampleMemory();
  const usage = {
    peakMemory,
    longestPause: longestPause / 1000,
    longestDelay: delays.max / 1e6,
  };
  // What follows starts without the garbage of what was before, and does not wait for its going.
  globalThis.gc?.();
  peakMemory = 0;
  busy = Infinity;
  longestPause = 0;
  delays.reset();
  process.send!({ type: 'usage', usage });
});
