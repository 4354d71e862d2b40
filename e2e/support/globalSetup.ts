import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { selectPortal } from './portal';

const PATIENCE_MS = 600_000;
const PAUSE_MS = 500;

/**
 * Waits until the portal under test answers, frontend and backend.
 *
 * @returns what to do when all tests have run
 */
export default async function globalSetup() {
  const { appUrl, backendUrl, dataFolder } = selectPortal();
  const deadline = Date.now() + PATIENCE_MS;

  await waitFor(appUrl, deadline);
  await waitFor(`${backendUrl}/.backstage/health/v1/readiness`, deadline);

  return async () => {
    if (dataFolder) {
      await rm(dataFolder, { recursive: true, force: true });
    }
  };
}

async function waitFor(url: string, deadline: number) {
  for (;;) {
    const ok = await fetch(url).then(
      response => response.ok,
      () => false,
    );
    if (ok) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(`The portal does not answer at ${url}`);
    }
    await sleep(PAUSE_MS);
  }
}
