// @ts-check

/**
 * Plans of copies: what was to become of which units, to be read and applied later.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';
  const ordered = isPostgres ? 'text collate "C"' : 'text';

  await knex.schema.createTable('plan', table => {
    table.comment('Stored plans; they say what they do by unit ids');
    table.increments('id');
    table.uuid('uuid').notNullable().unique();
    table.specificType('created_at', ordered).notNullable();
    table.specificType('updated_at', ordered).notNullable();
    table.string('kind').notNullable();
    table.string('state').notNullable();
    table.string('created_by');
    table.text('reason');
    table
      .integer('task_id')
      .references('id')
      .inTable('task')
      .onDelete('SET NULL');
    table.string('digest').notNullable();
    table.specificType('expires_at', ordered).notNullable();
    table.text('inputs_json').notNullable();
    table.text('result_json').notNullable();
    table.text('refusal').comment('Why it may never be applied');
    table.index(['expires_at'], 'plan_expires_idx');
    table.index(['task_id'], 'plan_task_idx');
  });

  await knex.schema.createTable('plan_version', table => {
    table.comment('Versions that plans are about, which may be deleted since');
    table
      .integer('plan_id')
      .notNullable()
      .references('id')
      .inTable('plan')
      .onDelete('CASCADE');
    table.string('role').notNullable();
    table.integer('position').notNullable();
    table.integer('repository_id').notNullable();
    table.uuid('repository_uuid').notNullable();
    table.integer('version_id').notNullable();
    table.integer('number').notNullable();
    table.primary(['plan_id', 'role', 'position']);
    table.index(['repository_id', 'role'], 'plan_version_repository_idx');
  });

  await knex.schema.createTable('plan_part', table => {
    table.comment('Long lists of plans, in compressed pieces');
    table
      .integer('plan_id')
      .notNullable()
      .references('id')
      .inTable('plan')
      .onDelete('CASCADE');
    table.integer('position').notNullable();
    table.string('list').notNullable();
    table.integer('destination').comment('Position among the bases');
    table.string('change');
    table.string('cause');
    table.integer('count').notNullable();
    table.binary('content').notNullable();
    table.primary(['plan_id', 'position']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of ['plan_part', 'plan_version', 'plan']) {
    await knex.schema.dropTable(table);
  }
};
