import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** The longest a file of each room may grow, in lines. */
const budgets = [
  [['app/routes/**/*.{ts,tsx}'], 220],
  [['app/components/**/*.{ts,tsx}'], 200],
  [['app/{domain,models,services}/**/*.ts', 'jobs/handlers/**/*.ts'], 150],
];

/** Nothing outside these reads the environment; everything else imports the parsed `env`. */
const environmentReaders = [
  'app/lib/env.server.ts',
  'dev/**',
  'tests/**',
  '*.config.{ts,js}',
  'prisma/*.ts',
];

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'build',
      '.data',
      'app/generated',
      'playwright-report',
      'test-results',
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    rules: {
      'max-lines': ['error', { max: 300 }],
      'no-console': 'off',
      eqeqeq: ['error', 'always'],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
    },
  },
  { files: ['app/**/*.tsx'], ...jsxA11y.flatConfigs.recommended },
  {
    files: ['app/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
    },
  },
  ...budgets.map(([files, max]) => ({
    files,
    ignores: ['**/*.test.ts'],
    rules: { 'max-lines': ['error', { max }] },
  })),
  {
    files: ['**/*.{ts,tsx}'],
    ignores: environmentReaders,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Import env from #app/lib/env.server.ts.' },
      ],
    },
  },
);
