module.exports = require('../../scripts/eslintFactory')(__dirname, {
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: ['@backstage/*', '@rpmportal/*', 'knex'],
            message: 'rpm-format stands alone: no Backstage, no database.',
          },
        ],
      },
    ],
  },
});
