import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlaywrightTestConfig } from '@playwright/test';

/** The portal under test. */
export interface Portal {
  appUrl: string;
  backendUrl: string;
  /** Holds everything the portal stores; undefined if it is not ours. */
  dataFolder?: string;
  /** How Playwright starts it; undefined if it runs already. */
  server?: PlaywrightTestConfig['webServer'];
}

/**
 * Selects the portal under test: the running one that PORTAL_URL and
 * PORTAL_BACKEND_URL name, or else one that this run starts on free ports with
 * data of its own. The choice is kept in the environment, because each worker
 * process of Playwright reads the configuration again.
 */
export function selectPortal(): Portal {
  const { PORTAL_URL, PORTAL_BACKEND_URL } = process.env;
  if (PORTAL_URL && PORTAL_BACKEND_URL) {
    return { appUrl: PORTAL_URL, backendUrl: PORTAL_BACKEND_URL };
  }

  process.env.E2E_PORTS ??= [findFreePort(), findFreePort()].join();
  process.env.E2E_DATA ??= mkdtempSync(join(tmpdir(), 'portal-e2e-'));
  const [appPort, backendPort] = process.env.E2E_PORTS.split(',');
  const appUrl = `http://localhost:${appPort}`;
  const backendUrl = `http://localhost:${backendPort}`;
  const dataFolder = process.env.E2E_DATA;

  return {
    appUrl,
    backendUrl,
    dataFolder,
    server: {
      command: 'yarn start',
      url: appUrl,
      reuseExistingServer: false,
      timeout: 300_000,
      env: {
        APP_CONFIG_app_baseUrl: appUrl,
        APP_CONFIG_backend_baseUrl: backendUrl,
        APP_CONFIG_backend_listen_port: backendPort,
        APP_CONFIG_backend_cors_origin: appUrl,
        APP_CONFIG_backend_database_connection_directory: join(
          dataFolder,
          'database',
        ),
        APP_CONFIG_rpm_storage_path: join(dataFolder, 'packages'),
      },
    },
  };
}

// The configuration is read synchronously, and listening is not.
function findFreePort(): string {
  const script =
    'const s = require("net").createServer().listen(0, () => { console.log(s.address().port); s.close(); })';
  return execFileSync(process.execPath, ['-e', script]).toString().trim();
}
