// @ts-check

/**
 * Task groups, and when somebody last asked for a unit or a stored file.
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

  await knex.schema.createTable('task_group', table => {
    table.comment('Tasks that were queued together');
    table.increments('id');
    table.uuid('uuid').notNullable().unique();
    table.specificType('created_at', ordered).notNullable();
    table.specificType('updated_at', ordered).notNullable();
    table.text('description').notNullable();
    table.string('created_by');
    table.text('progress_json').notNullable();
  });

  await knex.raw(
    'alter table task add column task_group_id integer ' +
      'references task_group (id) on delete set null',
  );
  await knex.raw(
    'alter table task add column parent_task_id integer ' +
      'references task (id) on delete set null',
  );
  await knex.raw('create index task_group_idx on task (task_group_id)');
  await knex.raw('create index task_parent_idx on task (parent_task_id)');
  await knex.raw(`alter table unit add column touched_at ${ordered}`);
  await knex.raw(`alter table artifact add column touched_at ${ordered}`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('alter table artifact drop column touched_at');
  await knex.raw('alter table unit drop column touched_at');
  await knex.raw('drop index task_parent_idx');
  await knex.raw('drop index task_group_idx');
  await knex.raw('alter table task drop column parent_task_id');
  await knex.raw('alter table task drop column task_group_id');
  await knex.schema.dropTable('task_group');
};
