import {
  uploadRoutes,
  type Upload,
} from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf, prnOf } from '../identifiers';
import type { UploadRecord, UploadService } from '../upload';
import { implement, type ImplementedRoute, type PageLinks } from './edge';

/** An upload in wire format; one that is complete is a stored file and no upload any more. */
function serializeUpload(upload: UploadRecord): Upload {
  return {
    pulp_href: hrefOf('upload', upload.uuid),
    prn: prnOf('upload', upload.uuid),
    pulp_created: upload.createdAt,
    pulp_last_updated: upload.updatedAt,
    size: upload.size,
    completed: null,
  };
}

export function uploadApi(options: {
  uploads: UploadService;
  links: PageLinks;
}): ImplementedRoute[] {
  const { uploads, links } = options;
  return [
    implement(uploadRoutes.list, async request => {
      const page = await uploads.list(request.query, request);
      return {
        status: 200,
        body: await links.page(request, page, serializeUpload),
      };
    }),
    implement(uploadRoutes.create, async request => {
      const upload = await uploads.create(request.body.size, request);
      return { status: 201, body: serializeUpload(upload) };
    }),
    implement(uploadRoutes.read, async request => {
      const upload = await uploads.get(request.params.upload, request);
      const chunks = upload.chunks.map(({ offset, size }) => ({
        offset,
        size,
      }));
      return { status: 200, body: { ...serializeUpload(upload), chunks } };
    }),
    implement(uploadRoutes.update, async request => {
      const { body, files, params, raw } = request;
      const chunk = {
        file: files.get('file')!,
        sha256: body.sha256 ?? undefined,
        range: raw.header('content-range'),
      };
      const upload = await uploads.putChunk(params.upload, chunk, request);
      return { status: 200, body: serializeUpload(upload) };
    }),
    implement(uploadRoutes.commit, async request => {
      const { params, body } = request;
      const task = await uploads.commit(params.upload, body.sha256, request);
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
    implement(uploadRoutes.delete, async request => {
      await uploads.delete(request.params.upload, request);
      return { status: 204, body: undefined };
    }),
  ];
}
