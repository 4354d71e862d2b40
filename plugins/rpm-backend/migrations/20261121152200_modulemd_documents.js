// @ts-check

/**
 * Documents of modules.yaml of kinds that are not understood, such as translations: they are kept
 * and published as they came. What a document calls itself can be of any length, so no index.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';
  const ordered = isPostgres ? 'text collate "C"' : 'text';
  await knex.schema.createTable('rpm_modulemd_document', table => {
    table
      .integer('unit_id')
      .primary()
      .references('id')
      .inTable('unit')
      .onDelete('CASCADE');
    table.specificType('document_type', ordered).notNullable();
    table.specificType('document_version', ordered);
    table.specificType('module', ordered);
    table.text('snippet').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('rpm_modulemd_document');
  // Without the content type nobody could read these.
  await knex('unit').where({ type: 'rpm.modulemd_document' }).delete();
};
