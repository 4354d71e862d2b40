module.exports = require('../../scripts/eslintFactory')(__dirname, {
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: ['@backstage/*', '@rpmportal/backstage-*', 'knex'],
            message:
              'rpm-solver runs in worker threads: no Backstage, no database.',
          },
          {
            group: ['@rpmportal/rpm-format/*', '**/rpm-format/**'],
            message: 'Only what rpm-format exports, not its insides.',
          },
        ],
      },
    ],
  },
});
