// @ts-check

/**
 * What tells packages apart comes from an index of its own: two versions are compared by the names of
 * all of their packages, and the table's rows are ten times as wide.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';
  await knex.raw(
    isPostgres
      ? `create index rpm_package_subject_idx on rpm_package
           (unit_id) include (name, arch, evr_key)`
      : `create index rpm_package_subject_idx on rpm_package
           (unit_id, name, arch, evr_key)`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('drop index rpm_package_subject_idx');
};
