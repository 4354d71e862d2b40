// @ts-check

/**
 * The whole first schema. What each column means is said in src/database/tables.ts.
 *
 * Time stamps are fixed-width ISO texts. On PostgreSQL the columns that order results get the "C"
 * collation, so that both engines order alike and EVR sort keys compare byte by byte.
 */

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';
  const ordered = isPostgres ? 'text collate "C"' : 'text';

  /**
   * @param {import('knex').Knex.CreateTableBuilder} table
   */
  function entityColumns(table) {
    table.increments('id');
    table.uuid('uuid').notNullable().unique();
    table.specificType('created_at', ordered).notNullable();
    table.specificType('updated_at', ordered).notNullable();
  }
  /**
   * @param {import('knex').Knex.CreateTableBuilder} table
   * @param {string} column
   * @param {string} target
   */
  function owned(table, column, target) {
    return table
      .integer(column)
      .notNullable()
      .references('id')
      .inTable(target)
      .onDelete('CASCADE');
  }
  /**
   * @param {import('knex').Knex.CreateTableBuilder} table
   * @param {string} column
   * @param {string} target
   */
  function linked(table, column, target) {
    return table
      .integer(column)
      .nullable()
      .references('id')
      .inTable(target)
      .onDelete('SET NULL');
  }
  /**
   * @param {import('knex').Knex.CreateTableBuilder} table
   */
  function unitKey(table) {
    table
      .integer('unit_id')
      .primary()
      .references('id')
      .inTable('unit')
      .onDelete('CASCADE');
  }

  await knex.schema.createTable('remote', table => {
    table.comment('Places that repositories are synced from');
    entityColumns(table);
    table.specificType('name', ordered).notNullable().unique();
    table.text('url').notNullable();
    table.string('policy').notNullable();
    table.text('labels_json').notNullable();
    table.text('settings_json').notNullable();
    table.string('owner_ref');
    table.string('entity_ref');
    table.string('created_by');
  });

  await knex.schema.createTable('repository', table => {
    entityColumns(table);
    table.specificType('name', ordered).notNullable().unique();
    table.text('description');
    table.text('labels_json').notNullable();
    linked(table, 'remote_id', 'remote');
    table.boolean('autopublish').notNullable().defaultTo(false);
    table.integer('retain_repo_versions');
    table.integer('retain_checkpoints');
    table.integer('retain_package_versions').notNullable().defaultTo(0);
    table.string('checksum_type');
    table.string('compression_type');
    table.string('layout');
    table.text('repo_config_json').notNullable();
    table.string('owner_ref');
    table.string('entity_ref');
    table.string('created_by');
    table.integer('next_version').notNullable();
    table.text('last_sync_json');
    table.index(['owner_ref'], 'repository_owner_idx');
    table.index(['entity_ref'], 'repository_entity_idx');
  });

  await knex.schema.createTable('repository_version', table => {
    table.comment('Immutable; a row exists only for complete versions');
    entityColumns(table);
    owned(table, 'repository_id', 'repository');
    table.integer('number').notNullable();
    linked(table, 'base_version_id', 'repository_version');
    table.text('counts_json').notNullable();
    table.integer('retained_package_versions');
    table.string('created_by');
    table.text('reason');
    table.text('inputs_json').notNullable();
    table.unique(['repository_id', 'number'], {
      indexName: 'repository_version_number_uniq',
    });
  });

  await knex.schema.createTable('unit', table => {
    table.comment('Every content unit; details stand in a table of its type');
    table.increments('id');
    table.uuid('uuid').notNullable().unique();
    table.string('type').notNullable();
    table.specificType('digest', ordered).notNullable();
    table.specificType('repo_key', ordered);
    table.text('labels_json').notNullable().defaultTo('{}');
    table.specificType('created_at', ordered).notNullable();
    table.unique(['type', 'digest'], { indexName: 'unit_identity_uniq' });
    table.index(['type', 'repo_key'], 'unit_repo_key_idx');
  });

  await knex.schema.createTable('repository_content', table => {
    table.comment(
      'Which units each version holds: added <= n and (removed is null or removed > n)',
    );
    owned(table, 'repository_id', 'repository');
    owned(table, 'unit_id', 'unit');
    table.string('unit_type').notNullable();
    table.integer('version_added').notNullable();
    table.integer('version_removed');
    table.primary(['repository_id', 'unit_id', 'version_added']);
    table.index(
      ['repository_id', 'version_removed'],
      'repository_content_removed_idx',
    );
    // Has all that lists of a version's content ask for, in their order.
    table.index(
      [
        'repository_id',
        'unit_type',
        'unit_id',
        'version_added',
        'version_removed',
      ],
      'repository_content_list_idx',
    );
    table.index(
      ['repository_id', 'version_added'],
      'repository_content_added_idx',
    );
    table.index(['unit_id'], 'repository_content_unit_idx');
  });

  await knex.schema.createTable('rpm_package', table => {
    unitKey(table);
    table.specificType('name', ordered).notNullable();
    table.specificType('epoch', ordered).notNullable();
    table.specificType('version', ordered).notNullable();
    table.specificType('release', ordered).notNullable();
    table.specificType('arch', ordered).notNullable();
    table.specificType('evr_key', ordered).notNullable();
    table.specificType('pkg_id', ordered).notNullable();
    table.string('checksum_type').notNullable();
    table.specificType('location_href', ordered).notNullable();
    for (const column of [
      'summary',
      'description',
      'url',
      'packager',
      'vendor',
      'license',
      'rpm_group',
      'buildhost',
      'sourcerpm',
    ]) {
      table.text(column).notNullable();
    }
    for (const column of [
      'header_start',
      'header_end',
      'time_file',
      'time_build',
      'size_package',
      'size_installed',
      'size_archive',
    ]) {
      table.bigInteger(column).notNullable();
    }
    table.index(['name', 'arch', 'evr_key'], 'rpm_package_name_arch_evr_idx');
    table.index(['pkg_id'], 'rpm_package_pkg_id_idx');
    table.index(['location_href'], 'rpm_package_location_idx');
  });

  await knex.schema.createTable('rpm_package_relations', table => {
    table.comment('Apart from rpm_package so that lists do not read them');
    unitKey(table);
    for (const column of [
      'provides',
      'requires',
      'conflicts',
      'obsoletes',
      'suggests',
      'enhances',
      'recommends',
      'supplements',
    ]) {
      table.text(column).notNullable();
    }
  });

  await knex.schema.createTable('rpm_package_extras', table => {
    unitKey(table);
    table.text('files').notNullable();
    table.text('changelogs').notNullable();
  });

  await knex.schema.createTable('rpm_advisory', table => {
    unitKey(table);
    table.specificType('advisory_id', ordered).notNullable();
    for (const column of [
      'updated_date',
      'issued_date',
      'type',
      'severity',
      'status',
      'title',
    ]) {
      table.text(column).notNullable();
    }
    table.text('document_json').notNullable();
    table.index(['advisory_id'], 'rpm_advisory_advisory_id_idx');
  });

  await knex.schema.createTable('rpm_modulemd', table => {
    unitKey(table);
    for (const column of ['name', 'stream', 'version', 'context', 'arch']) {
      table.specificType(column, ordered).notNullable();
    }
    table.boolean('static_context');
    table.text('description').notNullable();
    table.text('artifacts_json').notNullable();
    table.text('dependencies_json').notNullable();
    table.text('profiles_json').notNullable();
    table.text('snippet').notNullable();
    table.index(['name', 'stream'], 'rpm_modulemd_name_stream_idx');
  });

  await knex.schema.createTable('rpm_modulemd_artifact', table => {
    table
      .integer('modulemd_id')
      .notNullable()
      .references('unit_id')
      .inTable('rpm_modulemd')
      .onDelete('CASCADE');
    for (const column of ['name', 'epoch', 'version', 'release', 'arch']) {
      table.specificType(column, ordered).notNullable();
    }
    table.primary([
      'modulemd_id',
      'name',
      'epoch',
      'version',
      'release',
      'arch',
    ]);
    table.index(
      ['name', 'version', 'release', 'arch'],
      'rpm_modulemd_artifact_nevra_idx',
    );
  });

  await knex.schema.createTable('rpm_modulemd_defaults', table => {
    unitKey(table);
    table.specificType('module', ordered).notNullable();
    table.specificType('stream', ordered);
    table.text('profiles_json').notNullable();
    table.text('snippet').notNullable();
  });

  await knex.schema.createTable('rpm_modulemd_obsolete', table => {
    unitKey(table);
    table.specificType('module_name', ordered).notNullable();
    table.specificType('module_stream', ordered).notNullable();
    table.specificType('modified', ordered).notNullable();
    table.text('document_json').notNullable();
    table.text('snippet').notNullable();
  });

  await knex.schema.createTable('rpm_comps', table => {
    table.comment('Package groups, categories, environments and langpacks');
    unitKey(table);
    table.specificType('comps_id', ordered).notNullable();
    table.text('name').notNullable();
    table.text('document_json').notNullable();
  });

  await knex.schema.createTable('rpm_repo_metadata_file', table => {
    unitKey(table);
    table.specificType('data_type', ordered).notNullable();
    table.text('relative_path').notNullable();
    table.string('checksum_type').notNullable();
    table.specificType('checksum', ordered).notNullable();
  });

  await knex.schema.createTable('artifact', table => {
    table.comment('Stored files, by digest');
    table.increments('id');
    table.uuid('uuid').notNullable().unique();
    table.string('sha256').notNullable().unique();
    table.bigInteger('size').notNullable();
    table.string('md5');
    table.string('sha1');
    table.string('sha224').notNullable();
    table.string('sha384').notNullable();
    table.string('sha512').notNullable();
    table.specificType('created_at', ordered).notNullable();
  });

  await knex.schema.createTable('unit_artifact', table => {
    unitKey(table);
    table
      .integer('artifact_id')
      .notNullable()
      .references('id')
      .inTable('artifact');
    table.index(['artifact_id'], 'unit_artifact_artifact_idx');
  });

  await knex.schema.createTable('remote_artifact', table => {
    owned(table, 'unit_id', 'unit');
    owned(table, 'remote_id', 'remote');
    table.text('url').notNullable();
    table.bigInteger('size');
    table.string('checksum_type').notNullable();
    table.string('checksum').notNullable();
    table.primary(['unit_id', 'remote_id']);
    table.index(['remote_id'], 'remote_artifact_remote_idx');
  });

  await knex.schema.createTable('publication', table => {
    entityColumns(table);
    owned(table, 'repository_id', 'repository');
    owned(table, 'version_id', 'repository_version');
    table.boolean('complete').notNullable();
    table.boolean('checkpoint').notNullable();
    table.specificType('checkpoint_stamp', ordered);
    table.string('checksum_type').notNullable();
    table.string('compression_type').notNullable();
    table.string('layout').notNullable();
    table.text('repo_config_json').notNullable();
    table.string('created_by');
    table.unique(['repository_id', 'checkpoint_stamp'], {
      indexName: 'publication_checkpoint_stamp_uniq',
    });
    table.index(['version_id'], 'publication_version_idx');
  });

  await knex.schema.createTable('publication_file', table => {
    owned(table, 'publication_id', 'publication');
    table.specificType('path', ordered).notNullable();
    table
      .integer('artifact_id')
      .notNullable()
      .references('id')
      .inTable('artifact');
    table.primary(['publication_id', 'path']);
    table.index(['artifact_id'], 'publication_file_artifact_idx');
  });

  await knex.schema.createTable('distribution', table => {
    entityColumns(table);
    table.specificType('name', ordered).notNullable().unique();
    table.specificType('base_path', ordered).notNullable().unique();
    linked(table, 'repository_id', 'repository');
    linked(table, 'version_id', 'repository_version');
    linked(table, 'publication_id', 'publication');
    table.boolean('checkpoint').notNullable();
    table.boolean('hidden').notNullable();
    table.boolean('generate_repo_config').notNullable();
    table.text('labels_json').notNullable();
    table.string('created_by');
  });

  await knex.schema.createTable('task', table => {
    entityColumns(table);
    table.string('name').notNullable();
    table.string('state').notNullable();
    table.text('input_json').notNullable();
    table.string('created_by');
    table.string('logging_cid').notNullable();
    table.specificType('unblocked_at', ordered);
    table.specificType('started_at', ordered);
    table.specificType('finished_at', ordered);
    table.string('worker_id');
    table.boolean('committed').notNullable().defaultTo(false);
    table.text('error_json');
    table.text('result_json');
    table.text('progress_json').notNullable();
    table.text('created_resources_json').notNullable();
    table.index(['state', 'id'], 'task_state_idx');
  });

  await knex.schema.createTable('task_reservation', table => {
    owned(table, 'task_id', 'task');
    table.string('resource').notNullable();
    table.boolean('exclusive').notNullable();
    table.boolean('held').notNullable();
    table.primary(['task_id', 'resource']);
    table.index(['resource', 'held'], 'task_reservation_resource_idx');
  });

  await knex.schema.createTable('task_worker', table => {
    table.string('id').primary();
    table.specificType('started_at', ordered).notNullable();
    table.specificType('heartbeat_at', ordered).notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const name of [
    'task_worker',
    'task_reservation',
    'task',
    'distribution',
    'publication_file',
    'publication',
    'remote_artifact',
    'unit_artifact',
    'artifact',
    'rpm_repo_metadata_file',
    'rpm_comps',
    'rpm_modulemd_obsolete',
    'rpm_modulemd_defaults',
    'rpm_modulemd_artifact',
    'rpm_modulemd',
    'rpm_advisory',
    'rpm_package_extras',
    'rpm_package_relations',
    'rpm_package',
    'repository_content',
    'unit',
    'repository_version',
    'repository',
    'remote',
  ]) {
    await knex.schema.dropTable(name);
  }
};
