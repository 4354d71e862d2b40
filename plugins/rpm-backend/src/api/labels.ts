import type { LabelRoutes } from '@rpmportal/backstage-plugin-rpm-common';
import type { Labeled, LabelService } from '../labels';
import { implement, type ImplementedRoute } from './edge';

/** Setting and removing single labels of one kind of things. */
export function labelApi(
  kind: Labeled['kind'],
  routes: LabelRoutes,
  { labels }: { labels: LabelService },
): ImplementedRoute[] {
  const labeledBy = (params: Record<string, string>): Labeled => ({
    kind,
    uuid: Object.values(params)[0],
  });
  return [
    implement(routes.setLabel, async request => {
      const { body, params } = request;
      await labels.set(labeledBy(params), body, request);
      return { status: 201, body };
    }),
    implement(routes.unsetLabel, async request => {
      const { key } = request.body;
      const value = await labels.unset(labeledBy(request.params), key, request);
      return { status: 201, body: { key, value } };
    }),
  ];
}
