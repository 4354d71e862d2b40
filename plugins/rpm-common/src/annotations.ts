/**
 * Names the repositories that an entity's page shows: a comma separated list of repository names.
 *
 * @remarks
 * It chooses what is shown and grants nothing; who may change a repository follows from the
 * repository's own owner.
 *
 * @public
 */
export const ANNOTATION_RPM_REPOSITORY = 'rpm-repository/name';
