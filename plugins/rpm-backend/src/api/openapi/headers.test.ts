import { defineRoute } from '@rpmportal/backstage-plugin-rpm-common';
import { z } from 'zod';
import { createOpenApiDocument } from './document';

describe('createOpenApiDocument', () => {
  it('declares the headers that an operation needs', () => {
    const route = defineRoute({
      operationId: 'things_write',
      method: 'put',
      path: 'things/',
      tag: 'Things',
      summary: 'Write a piece of a thing',
      headers: z.object({ 'Content-Range': z.string() }),
      responses: { 204: undefined },
    });
    const { paths } = createOpenApiDocument([route]) as any;
    const [{ put }] = Object.values<any>(paths);
    expect(put.parameters).toEqual([
      {
        name: 'Content-Range',
        in: 'header',
        required: true,
        schema: { type: 'string' },
      },
    ]);
  });
});
