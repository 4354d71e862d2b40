/** @jest-environment node */

import { encodeBody } from './requestBody';

describe('encodeBody', () => {
  it('makes JSON of plain values', () => {
    expect(encodeBody({ name: 'a', size: undefined, remote: null })).toEqual({
      headers: { 'Content-Type': 'application/json' },
      body: '{"name":"a","remote":null}',
    });
    expect(encodeBody(undefined)).toEqual({});
  });

  it('makes a form of a body with files, whose type says where its parts end', async () => {
    const { body, headers } = encodeBody({
      file: new File(['data'], 'a.rpm'),
      chunk: new Blob(['more']),
      overwrite: false,
      size: 4,
      pulp_labels: { stage: 'test' },
      repository: null,
      sha256: undefined,
    });
    expect(headers).toBeUndefined();
    const form = body as FormData;
    expect((form.get('file') as File).name).toBe('a.rpm');
    expect(await (form.get('chunk') as File).text()).toBe('more');
    form.delete('file');
    form.delete('chunk');
    expect(Object.fromEntries(form)).toEqual({
      overwrite: 'false',
      size: '4',
      pulp_labels: '{"stage":"test"}',
      repository: '',
    });
    const request = new Request('http://portal.example', {
      method: 'POST',
      body: form,
    });
    expect(request.headers.get('content-type')).toMatch(
      /^multipart\/form-data; boundary=/,
    );
  });
});
