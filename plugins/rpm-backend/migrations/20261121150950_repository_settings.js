// @ts-check

/**
 * Settings of repositories that are kept for clients and that nothing here acts upon: the key that
 * packages are to be signed with, and what their advisories are called in the OSV database.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  for (const column of ['package_signing_fingerprint', 'osv_config_json']) {
    await knex.raw('alter table repository add column ?? text', [column]);
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const column of ['osv_config_json', 'package_signing_fingerprint']) {
    await knex.raw('alter table repository drop column ??', [column]);
  }
};
