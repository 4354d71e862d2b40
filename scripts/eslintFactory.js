const createConfig = require('@backstage/cli/config/eslint-factory');

/**
 * The ESLint configuration of a package: Backstage's, and what this repository
 * does its own way.
 *
 * @param dir - the package's folder
 * @param extra - more configuration, as Backstage's factory takes it
 */
module.exports = (dir, extra = {}) =>
  createConfig(dir, {
    ...extra,
    rules: {
      // A file is read from the top: its public function before its parts.
      '@typescript-eslint/no-use-before-define': [
        'error',
        { functions: false, classes: false, variables: false },
      ],
      ...extra.rules,
    },
    overrides: [
      {
        files: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
        rules: {
          // Tables and generated cases expect different things by case.
          'jest/no-conditional-expect': 'off',
          'jest/no-standalone-expect': [
            'error',
            { additionalTestBlockFunctions: ['beforeAll', 'beforeEach'] },
          ],
        },
      },
      {
        // What tests share: needs what tests need, and wraps their functions.
        files: ['src/**/testing/**'],
        rules: {
          '@backstage/no-undeclared-imports': 'off',
          'no-restricted-imports': 'off',
          'jest/expect-expect': 'off',
          'jest/no-disabled-tests': 'off',
          'jest/no-export': 'off',
          'jest/valid-describe-callback': 'off',
          'jest/valid-title': 'off',
        },
      },
      ...(extra.overrides ?? []),
    ],
  });
