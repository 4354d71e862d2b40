// @ts-check

/**
 * Files that come in through the API: uploads in pieces, who has shown the bytes of what, and what
 * only the header of a package's file says.
 *
 * Columns are added and dropped by plain statements: the query builder makes a new table of each
 * that it alters on SQLite, and dropping the old one would delete what refers to its rows.
 */

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';
  const ordered = isPostgres ? 'text collate "C"' : 'text';

  await knex.schema.createTable('upload', table => {
    table.comment('Files that come in pieces, until they are whole');
    table.increments('id');
    table.uuid('uuid').notNullable().unique();
    table.specificType('created_at', ordered).notNullable();
    table.specificType('updated_at', ordered).notNullable();
    table.bigInteger('size').notNullable();
    table.string('created_by');
    table.index(['updated_at'], 'upload_updated_idx');
  });

  await knex.schema.createTable('upload_chunk', table => {
    table.increments('id');
    table
      .integer('upload_id')
      .notNullable()
      .references('id')
      .inTable('upload')
      .onDelete('CASCADE');
    table.bigInteger('offset').notNullable();
    table.bigInteger('size').notNullable();
    table.string('file_name').notNullable();
    table.index(['upload_id'], 'upload_chunk_upload_idx');
  });

  for (const [owned, key] of [
    ['unit', 'unit_id'],
    ['artifact', 'artifact_id'],
  ]) {
    await knex.schema.createTable(`${owned}_uploader`, table => {
      table.comment('Who has shown the bytes');
      table
        .integer(key)
        .notNullable()
        .references('id')
        .inTable(owned)
        .onDelete('CASCADE');
      table.string('user_ref').notNullable();
      table.primary([key, 'user_ref']);
    });
  }

  await knex.raw('alter table rpm_package add column signing_keys_json text');
  await knex.raw(
    `alter table rpm_package add column modularity_label ${ordered}`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('alter table rpm_package drop column modularity_label');
  await knex.raw('alter table rpm_package drop column signing_keys_json');
  for (const table of [
    'artifact_uploader',
    'unit_uploader',
    'upload_chunk',
    'upload',
  ]) {
    await knex.schema.dropTable(table);
  }
};
