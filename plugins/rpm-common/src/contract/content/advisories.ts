import { z } from 'zod';
import { contentShape, defineContentRoutes } from './unit';

const text = z.string().nullable();

const headShape = { id: z.string(), title: text, severity: text, type: text };

const advisoryPackageSchema = z.object({
  arch: z.string(),
  epoch: z.string(),
  filename: text,
  name: z.string(),
  reboot_suggested: z.boolean(),
  relogin_suggested: z.boolean(),
  restart_suggested: z.boolean(),
  release: z.string(),
  src: text,
  sum: text,
  sum_type: text,
  version: z.string(),
});

/** Packages that belong together: of one product, or of one module. @public */
export const advisoryCollectionSchema = z.object({
  name: text,
  shortname: text,
  module: z
    .object({
      name: z.string(),
      stream: z.string(),
      version: z.string(),
      context: z.string(),
      arch: z.string(),
    })
    .nullable(),
  packages: z.array(advisoryPackageSchema),
});

/** @public */
export const advisorySchema = z
  .object({
    ...contentShape,
    ...headShape,
    updated_date: text,
    description: text,
    issued_date: text,
    fromstr: text,
    status: text,
    summary: text,
    version: text,
    solution: text,
    release: text,
    rights: text,
    pushcount: text,
    reboot_suggested: z.boolean(),
    pkglist: z.array(advisoryCollectionSchema),
    references: z.array(
      z.object({ href: text, id: text, title: text, type: text }),
    ),
  })
  .meta({ id: 'rpm.UpdateRecordResponse' });

/** An advisory as the API shows it. @public */
export type Advisory = z.infer<typeof advisorySchema>;

/** The fields that `minimal=true` leaves of an advisory. @public */
export const MINIMAL_ADVISORY_FIELDS = [
  ...Object.keys(contentShape),
  ...Object.keys(headShape),
];

/** @public */
export const advisoryRoutes = defineContentRoutes({
  collection: 'advisories',
  parameter: 'rpm_update_record_href',
  tag: 'Advisories',
  units: 'advisories',
  schema: advisorySchema,
  id: 'rpm.UpdateRecord',
  filters: {
    id: 'exactOrIn',
    status: 'choice',
    severity: 'choice',
    type: 'choice',
    minimal: 'flag',
  },
});
