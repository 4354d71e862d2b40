// @ts-check

/**
 * When what was stored of a package gave way to what its file says: what was derived of it before,
 * such as an image for the solver, is not true any more.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';
  const ordered = isPostgres ? 'text collate "C"' : 'text';
  await knex.raw(`alter table rpm_package add column corrected_at ${ordered}`);
  await knex.raw(
    `create index rpm_package_corrected_idx on rpm_package (corrected_at)
       where corrected_at is not null`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('drop index rpm_package_corrected_idx');
  await knex.raw('alter table rpm_package drop column corrected_at');
};
