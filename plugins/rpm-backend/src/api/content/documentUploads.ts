import {
  advisoryUploadRoutes,
  modulemdDefaultsUploadRoutes,
  modulemdObsoleteUploadRoutes,
  modulemdUploadRoutes,
} from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf, type ContentType } from '../../identifiers';
import {
  parseFileSource,
  type ContentCreation,
  type ContentRequest,
  type ModulesUploadService,
} from '../../upload';
import {
  implement,
  untilGone,
  type ApiRequest,
  type ImplementedRoute,
} from '../edge';
import { parseModulesUpload } from './modulesUpload';
import { splitDestination } from './requestedContent';

/** Creates advisories, modules, their defaults and notices from documents. */
export function documentUploadApi({
  creations,
  modulesUploads,
}: {
  creations: ContentCreation;
  modulesUploads: ModulesUploadService;
}): ImplementedRoute[] {
  const create = async (
    type: ContentType,
    content: ContentRequest,
    request: ApiRequest,
  ) => {
    const { credentials, correlationId } = request;
    const signal = untilGone(request);
    const task = await creations.create(type, content, {
      credentials,
      correlationId,
      signal,
    });
    return { status: 202 as const, body: { task: hrefOf('task', task) } };
  };
  return [
    implement(advisoryUploadRoutes.create, async request => {
      const { destination, fields } = splitDestination(request.body);
      const source = parseFileSource(fields, request.files);
      return create('rpm.advisory', { source, destination }, request);
    }),
    implement(modulemdUploadRoutes.create, async request => {
      const whole = parseModulesUpload(request.body, request.files);
      if (!whole) {
        return create('rpm.modulemd', splitDestination(request.body), request);
      }
      const { credentials, correlationId } = request;
      const signal = untilGone(request);
      const task = await modulesUploads.upload(whole, {
        credentials,
        correlationId,
        signal,
      });
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
    implement(modulemdDefaultsUploadRoutes.create, async request =>
      create('rpm.modulemd_defaults', splitDestination(request.body), request),
    ),
    implement(modulemdObsoleteUploadRoutes.create, async request =>
      create('rpm.modulemd_obsolete', splitDestination(request.body), request),
    ),
  ];
}
