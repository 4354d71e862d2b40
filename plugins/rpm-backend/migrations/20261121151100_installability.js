// @ts-check

/**
 * Reports of which packages of a version cannot be installed, kept because versions do not change.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';
  const ordered = isPostgres ? 'text collate "C"' : 'text';

  await knex.schema.createTable('installability_report', table => {
    table.comment('Reports; the oldest go when they take too much room');
    table.increments('id');
    table
      .integer('version_id')
      .notNullable()
      .references('id')
      .inTable('repository_version')
      .onDelete('CASCADE');
    table
      .specificType('question', ordered)
      .notNullable()
      .comment('What was asked about the version');
    table.specificType('computed_at', ordered).notNullable();
    table.text('architectures_json').notNullable();
    table.integer('package_count').notNullable();
    table.integer('broken_count').notNullable();
    table.integer('row_count').notNullable();
    table.integer('size').notNullable().comment('Bytes of all parts');
    table.unique(['version_id', 'question'], {
      indexName: 'installability_report_question_uniq',
    });
  });

  await knex.schema.createTable('installability_part', table => {
    table.comment('Broken packages in compressed pieces');
    table
      .integer('report_id')
      .notNullable()
      .references('id')
      .inTable('installability_report')
      .onDelete('CASCADE');
    table.integer('first').notNullable().comment('Position of its first row');
    table.integer('count').notNullable();
    table.binary('content').notNullable();
    table.primary(['report_id', 'first']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('installability_part');
  await knex.schema.dropTable('installability_report');
};
