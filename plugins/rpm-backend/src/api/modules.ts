import {
  moduleRoutes,
  packageRoutes,
} from '@rpmportal/backstage-plugin-rpm-common';
import { formatNevra, formatNsvca } from '@rpmportal/rpm-format';
import { hrefOf } from '../identifiers';
import type { ModuleBuild, ModuleService } from '../modulemd-map/modules';
import {
  implement,
  trimFields,
  type ImplementedRoute,
  type PageLinks,
} from './edge';

function serializeBuild(build: ModuleBuild) {
  return {
    pulp_href: hrefOf('rpm.modulemd', build.uuid),
    nsvca: formatNsvca(build),
  };
}

function serializeModule(build: ModuleBuild) {
  const { name, stream, version, context, arch } = build;
  return { ...serializeBuild(build), name, stream, version, context, arch };
}

export function moduleApi(options: {
  modules: ModuleService;
  links: PageLinks;
}): ImplementedRoute[] {
  const { modules, links } = options;
  return [
    implement(packageRoutes.modules, async request => {
      const { query } = request;
      const page = await modules.listOfPackage(
        request.params.unit,
        query,
        request,
      );
      return {
        status: 200,
        body: await links.page(request, page, build =>
          trimFields(serializeModule(build), query),
        ),
      };
    }),
    implement(moduleRoutes.applicability, async request => {
      const { body } = request;
      const { streams, unreadable } = await modules.findApplicable(
        {
          versions: body.repository_versions,
          nevras: body.nevras,
          enabledStreams: body.enabled_streams ?? {},
        },
        request,
      );
      return {
        status: 200,
        body: {
          streams: streams.map(({ builds, newer, ...stream }) => ({
            ...stream,
            modulemds: builds.map(serializeBuild),
            newer: newer.map(({ installed, available, build }) => ({
              installed,
              available: formatNevra(available),
              pulp_href: hrefOf('rpm.package', available.uuid),
              nsvca: formatNsvca(build),
            })),
          })),
          unreadable,
        },
      };
    }),
  ];
}
