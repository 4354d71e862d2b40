// @ts-check

/**
 * Since when units are in a repository, where the version that they came with was deleted.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw('alter table repository_content add column added_at text');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('alter table repository_content drop column added_at');
};
