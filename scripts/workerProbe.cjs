// Runs a job that does not exist in a real thread: the refusal comes from the
// thread's entry file, once it has loaded all jobs and what they import. Loaded
// by checkWorkers.mjs into the process whose way of loading is to be proven.
const { isMainThread } = require('node:worker_threads');

async function probe() {
  const { ThreadPool } = require(process.env.WORKER_PROBE);
  await new ThreadPool({ logger: console, threads: 1 }).run('probe');
}

// Node.js repeats --require in threads of its own.
if (isMainThread) {
  probe().catch(error => {
    console.log(`Worker probe: ${error.message}`);
    process.exit();
  });
}
