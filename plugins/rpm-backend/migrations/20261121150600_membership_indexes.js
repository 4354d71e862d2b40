// @ts-check

/**
 * The indexes of what a version added and removed lead on by type and unit: pages of it come out in
 * order without a sort, counts by type without a look at the table, and long ones in slices. Most
 * units were never removed and are not in the second.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await dropIndexes(knex);
  await knex.raw(
    `create index repository_content_added_idx on repository_content
       (repository_id, version_added, unit_type, unit_id)`,
  );
  await knex.raw(
    `create index repository_content_removed_idx on repository_content
       (repository_id, version_removed, unit_type, unit_id)
       where version_removed is not null`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await dropIndexes(knex);
  await knex.schema.alterTable('repository_content', table => {
    table.index(
      ['repository_id', 'version_removed'],
      'repository_content_removed_idx',
    );
    table.index(
      ['repository_id', 'version_added'],
      'repository_content_added_idx',
    );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
async function dropIndexes(knex) {
  await knex.raw('drop index repository_content_added_idx');
  await knex.raw('drop index repository_content_removed_idx');
}
