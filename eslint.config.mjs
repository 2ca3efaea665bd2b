// The rules that prettier and the compiler do not have. They use types: a promise that is not awaited is an error.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/node_modules/', '**/dist/', '**/coverage/', '.cache/', 'e2e/data/'] },
  // Only `npm run bench` installs the packages that their types come from, and compiles them.
  { ignores: ['benchmarks/**/*.ts'] },
  // The files of new projects: their tests type-check them.
  { ignores: ['packages/create-sluice/templates/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.mts', '**/*.cts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        // The page of a sample has the types of a browser.
        project: ['./tsconfig.json', './samples/*/page/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // Silent where decorator metadata would be lost: the compiler options say so.
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // `async` without `await` is how a handler says that it answers with a promise.
      '@typescript-eslint/require-await': 'off',
      // Records of functions are destructured on purpose here; the rule mistakes them for methods.
      '@typescript-eslint/unbound-method': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@sluice/*/*', '!@sluice/core/kit', '!@sluice/openapi/page', '!@sluice/testing/stores'],
              message: 'Packages meet at their public names only.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'max-lines': ['error', 200],
      // Code that only some applications need is loaded by the function that needs it. That is the one use of `require`.
      '@typescript-eslint/no-require-imports': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.name='require']:not(:function TSAsExpression[typeAnnotation.exprName.type='TSImportType'] > *), TSExternalModuleReference",
          message: "Import it, or load it late: in a function, require('x') as typeof import('x').",
        },
      ],
    },
  },
  {
    // Only loading an engine shows whether it is there.
    files: ['packages/core/src/engine/uws/load-uws.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // Tests do on purpose what applications must not: throw strings, look into `unknown` answers.
    files: ['**/test/**/*.ts', '**/*.test.ts', 'e2e/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: {
        __dirname: 'readonly',
        Buffer: 'readonly',
        clearInterval: 'readonly',
        clearTimeout: 'readonly',
        console: 'readonly',
        module: 'writable',
        process: 'readonly',
        queueMicrotask: 'readonly',
        require: 'readonly',
        setInterval: 'readonly',
        setTimeout: 'readonly',
        URL: 'readonly',
      },
    },
  },
);
