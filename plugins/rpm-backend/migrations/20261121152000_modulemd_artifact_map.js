// @ts-check

/**
 * Which stored packages are the artifacts that stored modules name. What exists is marked from the
 * side of the modules alone: each row has one, so that finds them all.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';

  await knex.schema.createTable('modulemd_artifact_map', table => {
    table.comment('This package is an artifact that this module names');
    table
      .integer('modulemd_id')
      .notNullable()
      .references('unit_id')
      .inTable('rpm_modulemd')
      .onDelete('CASCADE');
    table
      .integer('artifact_id')
      .notNullable()
      .references('unit_id')
      .inTable('rpm_package')
      .onDelete('CASCADE');
    table.primary(['modulemd_id', 'artifact_id']);
    table.index(['artifact_id'], 'modulemd_artifact_map_artifact_idx');
  });

  await knex.schema.createTable('modulemd_map_pending', table => {
    table.comment('Packages and modules whose rows of the map are to be found');
    table
      .integer('unit_id')
      .primary()
      .references('id')
      .inTable('unit')
      .onDelete('CASCADE');
  });

  await knex.raw(
    `create index rpm_package_nevra_idx on rpm_package
       (name, version, release, arch, epoch)${
         isPostgres ? ' include (unit_id)' : ''
       }`,
  );

  await knex.raw(
    `insert into modulemd_map_pending (unit_id)
       select unit_id from rpm_modulemd`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('drop index rpm_package_nevra_idx');
  await knex.schema.dropTable('modulemd_map_pending');
  await knex.schema.dropTable('modulemd_artifact_map');
};
