// @ts-check

/**
 * Distribution trees: their files, the hidden repositories of their variants and addons, and the
 * versions of these that each tree is made of. And where the packages of a publication are that has
 * a remote's own metadata.
 *
 * What a tree or publication is made of refers to it without a cascade: it cannot be deleted while
 * somebody needs it.
 */

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';
  const ordered = isPostgres ? 'text collate "C"' : 'text';

  await knex.schema.createTable('rpm_distribution_tree', table => {
    table
      .integer('unit_id')
      .primary()
      .references('id')
      .inTable('unit')
      .onDelete('CASCADE');
    for (const column of ['release_name', 'release_version', 'arch']) {
      table.specificType(column, ordered).notNullable();
    }
    table.text('treeinfo').notNullable();
  });

  await knex.schema.createTable('rpm_distribution_tree_file', table => {
    table
      .integer('unit_id')
      .notNullable()
      .references('unit_id')
      .inTable('rpm_distribution_tree')
      .onDelete('CASCADE');
    table.specificType('path', ordered).notNullable();
    table.string('checksum_type');
    table.string('checksum');
    table.integer('artifact_id').references('id').inTable('artifact');
    table.primary(['unit_id', 'path']);
    table.index(['artifact_id'], 'rpm_distribution_tree_file_artifact_idx');
  });

  await knex.schema.createTable('rpm_distribution_tree_source', table => {
    table
      .integer('unit_id')
      .notNullable()
      .references('unit_id')
      .inTable('rpm_distribution_tree')
      .onDelete('CASCADE');
    table.specificType('path', ordered).notNullable();
    table
      .integer('remote_id')
      .notNullable()
      .references('id')
      .inTable('remote')
      .onDelete('CASCADE');
    table.text('url').notNullable();
    table.primary(['unit_id', 'path', 'remote_id']);
    table.index(['remote_id'], 'rpm_distribution_tree_source_remote_idx');
  });

  await knex.schema.createTable('rpm_distribution_tree_repository', table => {
    table
      .integer('unit_id')
      .notNullable()
      .references('unit_id')
      .inTable('rpm_distribution_tree')
      .onDelete('CASCADE');
    table.specificType('path', ordered).notNullable();
    table
      .integer('version_id')
      .notNullable()
      .references('id')
      .inTable('repository_version');
    table.primary(['unit_id', 'path']);
    table.index(['version_id'], 'rpm_distribution_tree_repository_version_idx');
  });

  // By plain statements, for the query builder makes a new table on SQLite, and dropping the old
  // one would delete what refers to its rows.
  await knex.raw(
    'alter table repository add column parent_id integer ' +
      'references repository (id)',
  );
  await knex.raw(`alter table repository add column tree_path ${ordered}`);
  await knex.raw(
    'create unique index repository_parent_uniq on repository (parent_id, tree_path)',
  );

  await knex.schema.createTable('publication_package', table => {
    table
      .integer('publication_id')
      .notNullable()
      .references('id')
      .inTable('publication')
      .onDelete('CASCADE');
    table.specificType('path', ordered).notNullable();
    table.integer('unit_id').notNullable().references('id').inTable('unit');
    table.primary(['publication_id', 'path']);
    table.index(['unit_id'], 'publication_package_unit_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('publication_package');
  await knex.schema.dropTable('rpm_distribution_tree_repository');
  await knex.schema.dropTable('rpm_distribution_tree_source');
  await knex.schema.dropTable('rpm_distribution_tree_file');
  await knex.schema.dropTable('rpm_distribution_tree');
  // Nobody could tell them from others any more.
  await knex('unit').where({ type: 'rpm.distribution_tree' }).delete();
  await knex('repository').whereNotNull('parent_id').delete();
  await knex.raw('drop index repository_parent_uniq');
  await knex.raw('alter table repository drop column tree_path');
  await knex.raw('alter table repository drop column parent_id');
};
