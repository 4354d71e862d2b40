// @ts-check

/**
 * What lists are narrowed by: one row for each label, and packages by the keys they are signed with.
 *
 * Triggers keep the labels in step with the `labels_json` of the labelled rows, whoever writes these; what
 * has no labels costs nothing.
 *
 * A migration that changes one of these tables in a way for which SQLite copies it must create the
 * triggers again, for the copy has none.
 */

const KINDS = ['repository', 'remote', 'distribution', 'unit'];

/**
 * @param {string} kind
 */
function sqliteTriggers(kind) {
  const insertLabels = `insert into ${kind}_label (${kind}_id, key, value)
    select new.id, key, value from json_each(new.labels_json);`;
  return [
    `create trigger ${kind}_labels_inserted after insert on ${kind}
    when new.labels_json <> '{}'
    begin ${insertLabels} end`,
    `create trigger ${kind}_labels_updated after update of labels_json on ${kind}
    when new.labels_json <> old.labels_json
    begin delete from ${kind}_label where ${kind}_id = new.id; ${insertLabels} end`,
  ];
}

/**
 * @param {string} kind
 */
function postgresTriggers(kind) {
  return [
    `create function ${kind}_labels_written() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' then
        delete from ${kind}_label where ${kind}_id = new.id;
      end if;
      insert into ${kind}_label (${kind}_id, key, value)
        select new.id, key, value from json_each_text(new.labels_json::json);
      return null;
    end $$`,
    `create trigger ${kind}_labels_inserted after insert on ${kind}
    for each row when (new.labels_json <> '{}')
    execute function ${kind}_labels_written()`,
    `create trigger ${kind}_labels_updated after update of labels_json on ${kind}
    for each row when (new.labels_json <> old.labels_json)
    execute function ${kind}_labels_written()`,
  ];
}

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';
  const ordered = isPostgres ? 'text collate "C"' : 'text';

  for (const kind of KINDS) {
    await knex.schema.createTable(`${kind}_label`, table => {
      table
        .integer(`${kind}_id`)
        .notNullable()
        .references('id')
        .inTable(kind)
        .onDelete('CASCADE');
      table.specificType('key', ordered).notNullable();
      table.specificType('value', ordered).notNullable();
      table.primary([`${kind}_id`, 'key']);
    });
    // Only the beginning of the value, for PostgreSQL's indexes hold no long ones.
    await knex.raw(
      `create index ${kind}_label_value_idx
      on ${kind}_label (key, substr(value, 1, 100), ${kind}_id)`,
    );
    const labelsOf = isPostgres
      ? 'json_each_text(labels_json::json)'
      : 'json_each(labels_json)';
    await knex.raw(
      `insert into ${kind}_label (${kind}_id, key, value)
      select ${kind}.id, label.key, label.value
      from ${kind}, ${labelsOf} as label
      where labels_json <> '{}'`,
    );
    const triggers = isPostgres ? postgresTriggers(kind) : sqliteTriggers(kind);
    for (const trigger of triggers) await knex.raw(trigger);
  }
  await knex.raw(
    `create index rpm_package_signing_keys_idx
    on rpm_package (signing_keys_json, unit_id)
    where signing_keys_json is not null`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  const isPostgres = knex.client.config.client === 'pg';
  await knex.raw('drop index rpm_package_signing_keys_idx');
  for (const kind of KINDS) {
    for (const event of ['inserted', 'updated']) {
      const on = isPostgres ? ` on ${kind}` : '';
      await knex.raw(`drop trigger if exists ${kind}_labels_${event}${on}`);
    }
    if (isPostgres) await knex.raw(`drop function ${kind}_labels_written()`);
    await knex.schema.dropTable(`${kind}_label`);
  }
};
