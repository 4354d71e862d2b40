import { compsRoutes } from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf } from '../identifiers';
import type { CompsUploadService } from '../upload/comps';
import { implement, type ImplementedRoute } from './edge';

export function compsApi(options: {
  compsUploads: CompsUploadService;
}): ImplementedRoute[] {
  return [
    implement(compsRoutes.upload, async request => {
      const { repository, replace, reason } = request.body;
      const task = await options.compsUploads.upload(
        {
          file: request.files.get('file')!,
          repository: repository ?? undefined,
          replace,
          reason,
        },
        request,
      );
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
  ];
}
