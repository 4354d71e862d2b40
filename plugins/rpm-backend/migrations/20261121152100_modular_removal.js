// @ts-check

/**
 * What a repository says of the removal of a package that a module which stays names as its artifact.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    "alter table repository add column ?? text not null default 'warn'",
    ['modular_removal'],
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('alter table repository drop column ??', ['modular_removal']);
};
