// Dependencies point down only:
// wiring → api → services → planners and database → rpm-format, rpm-solver.

const insides = {
  group: ['@rpmportal/*/*', '**/packages/**'],
  message: 'Only what the other packages export, not their insides.',
};
const upward = {
  group: ['**/api', '**/wiring', '**/plugin'],
  message: 'Services and the database know nothing of what uses them.',
};
const knex = {
  group: ['knex'],
  allowTypeImports: true,
  message: 'Statements are written in database/; elsewhere only the type.',
};
const database = {
  group: ['**/database/operations'],
  allowTypeImports: true,
  message: 'The HTTP edge calls a service.',
};
const wiring = {
  group: ['**/wiring', '**/plugin'],
  message: 'Composition happens in wiring/ and nowhere else.',
};
const services = {
  group: [
    '**/checkpoint',
    '**/copy',
    '**/distribution',
    '**/events',
    '**/modulemd-map',
    '**/permissions',
    '**/publish',
    '**/remote',
    '**/repository',
    '**/serve',
    '**/solving',
    '**/storage',
    '**/sync',
    '**/tasks',
    '**/upload',
  ],
  allowTypeImports: true,
  message: 'Of the services, database/ knows only types.',
};

const zone = (files, ...patterns) => ({
  files,
  excludedFiles: ['src/**/*.test.ts', 'src/testing/**'],
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
  },
});

// The last zone that matches a file is the one that counts.
module.exports = require('../../scripts/eslintFactory')(__dirname, {
  overrides: [
    zone(['src/**/*.ts'], insides, upward, knex),
    zone(['src/plugin.ts', 'src/index.ts', 'src/wiring/**'], insides, knex),
    zone(['src/api/**'], insides, wiring, database, knex),
    zone(['src/database/**'], insides, upward, services),
  ],
});
