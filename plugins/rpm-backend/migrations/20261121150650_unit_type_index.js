// @ts-check

/**
 * Pages and counts of all units of a type come from an index of two integers' width, not from the
 * wide rows of their tables: half of what a deep page of 100,000 packages takes.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('unit', table => {
    table.index(['type', 'id'], 'unit_type_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('unit', table => {
    table.dropIndex(['type', 'id'], 'unit_type_idx');
  });
};
