import {
  artifactRoutes,
  type ArtifactView,
} from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf, prnOf } from '../identifiers';
import type { Artifact } from '../storage/types';
import type { ArtifactService } from '../upload';
import { implement, type ImplementedRoute, type PageLinks } from './edge';

/** A stored file in wire format; it never changes. */
function serializeArtifact(artifact: Artifact): ArtifactView {
  const { uuid, createdAt, sha256 } = artifact;
  return {
    pulp_href: hrefOf('artifact', uuid),
    prn: prnOf('artifact', uuid),
    pulp_created: createdAt,
    pulp_last_updated: createdAt,
    file: `artifact/${sha256.slice(0, 2)}/${sha256.slice(2)}`,
    size: artifact.size,
    md5: artifact.md5 ?? null,
    sha1: artifact.sha1 ?? null,
    sha224: artifact.sha224,
    sha256,
    sha384: artifact.sha384,
    sha512: artifact.sha512,
  };
}

export function artifactApi(options: {
  artifacts: ArtifactService;
  links: PageLinks;
}): ImplementedRoute[] {
  const { artifacts, links } = options;
  return [
    implement(artifactRoutes.list, async request => {
      const page = await artifacts.list(request.query, request);
      return {
        status: 200,
        body: await links.page(request, page, serializeArtifact),
      };
    }),
    implement(artifactRoutes.create, async request => {
      const { file: _, ...expected } = request.body;
      const file = request.files.get('file')!;
      const artifact = await artifacts.create(file, expected, request);
      return { status: 201, body: serializeArtifact(artifact) };
    }),
    implement(artifactRoutes.read, async request => {
      const artifact = await artifacts.get(request.params.artifact, request);
      return { status: 200, body: serializeArtifact(artifact) };
    }),
    implement(artifactRoutes.delete, async request =>
      artifacts.delete(request.params.artifact, request),
    ),
  ];
}
