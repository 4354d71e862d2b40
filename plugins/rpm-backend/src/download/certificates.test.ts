import { mockServices } from '@backstage/backend-test-utils';
import { generate } from 'selfsigned';
import type { TLSSocket } from 'tls';
import type { RemoteRecord } from '../remote/types';
import { DownloadError } from './DownloadError';
import { RemoteDownloader } from './RemoteDownloader';
import { readText, testRemote } from './testing/remotes';
import { TestServer } from './testing/TestServer';

describe('RemoteDownloader over HTTPS', () => {
  let certificates: Awaited<ReturnType<typeof generate>>;
  let server: TestServer;

  beforeAll(async () => {
    certificates = await generate(
      [{ name: 'commonName', value: 'localhost' }],
      {
        algorithm: 'sha256',
        clientCertificate: true,
        extensions: [
          { name: 'basicConstraints', cA: true },
          {
            name: 'subjectAltName',
            altNames: [{ type: 2, value: 'localhost' }],
          },
        ],
      },
    );
    server = await TestServer.start({
      cert: certificates.cert,
      key: certificates.private,
      ca: certificates.cert,
      requestCert: true,
      rejectUnauthorized: false,
    });
    server.on('/who', (request, response) => {
      const { authorized } = request.socket as TLSSocket;
      response.end(authorized ? 'known' : 'unknown');
    });
  });
  afterAll(() => server.stop());

  async function whoAmI(
    settings: RemoteRecord['settings'],
    secrets?: RemoteRecord['secrets'],
  ): Promise<string> {
    const downloader = new RemoteDownloader({
      remote: testRemote(server.url, settings, secrets),
      policy: { allowedImportPaths: [] },
      logger: mockServices.logger.mock(),
      backoffMilliseconds: 1,
    });
    try {
      return await downloader.fetch('who', { maxSize: 100 }, ({ body }) =>
        readText(body),
      );
    } finally {
      await downloader.close();
    }
  }

  it('trusts the certificate authority of the remote', async () => {
    const who = whoAmI({ ca_cert: certificates.cert });
    await expect(who).resolves.toBe('unknown');
  });

  it('shows the client certificate of the remote', async () => {
    const who = whoAmI(
      {
        ca_cert: certificates.cert,
        client_cert: certificates.clientcert,
      },
      { client_key: certificates.clientprivate },
    );
    await expect(who).resolves.toBe('known');
  });

  it('does not look at certificates when the remote says so', async () => {
    await expect(whoAmI({ tls_validation: false })).resolves.toBe('unknown');
  });

  it.each([
    ['a certificate that it does not know', {}],
    ['a certificate authority that is none', { ca_cert: 'no certificate' }],
  ])('refuses %s at once', async (_, settings) => {
    const requests = server.requests.length;
    const refused = whoAmI(settings);
    await expect(refused).rejects.toBeInstanceOf(DownloadError);
    await expect(refused).rejects.toMatchObject({ code: 'PLP0026' });
    await expect(refused).rejects.toThrow(
      `No trusted connection could be made for ${server.url}who (`,
    );
    expect(server.requests).toHaveLength(requests);
  });
});
