// One configuration for all apps. The house rules that a linter can see: no fetch outside packages/api, no text outside
// packages/words, no inline style, no v-html.
import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import ts from 'typescript-eslint'

const han = /[㐀-鿿]/
const words_rule = {
  meta: { type: 'problem', messages: { word: 'Text for people belongs in packages/words.' }, schema: [] },
  create(context) {
    const look = (node, text) => {
      if (typeof text === 'string' && han.test(text)) context.report({ node, messageId: 'word' })
    }
    const script = {
      Literal: (node) => look(node, node.value),
      TemplateElement: (node) => look(node, node.value.raw),
    }
    const services = context.sourceCode.parserServices
    if (!services?.defineTemplateBodyVisitor) return script
    return services.defineTemplateBodyVisitor(
      { VText: (node) => look(node, node.value), VLiteral: (node) => look(node, node.value), ...script },
      script,
    )
  },
}

export default ts.config(
  { ignores: ['dist/**', '**/generated.ts', '**/node_modules/**', '**/components.d.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...vue.configs['flat/essential'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    files: ['apps/*/src/**/*.{ts,vue}', 'packages/{kit,api,forms,words}/src/**/*.{ts,vue}'],
    plugins: { tongban: { rules: { 'no-words-here': words_rule } } },
    rules: {
      'no-undef': 'off',
      'tongban/no-words-here': 'error',
      'no-restricted-globals': ['error', { name: 'fetch', message: 'Only packages/api speaks to the server.' }],
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/no-reserved-component-names': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  { files: ['packages/words/**', 'packages/forms/**'], rules: { 'tongban/no-words-here': 'off' } },
  { files: ['packages/api/src/transport.ts'], rules: { 'no-restricted-globals': 'off' } },
  {
    files: ['**/*.mjs', '**/vite.config.ts', 'scripts/**', '*.config.{js,ts}'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly', setTimeout: 'readonly',
        clearTimeout: 'readonly', document: 'readonly', window: 'readonly', localStorage: 'readonly', getComputedStyle: 'readonly',
        location: 'readonly', URLSearchParams: 'readonly', performance: 'readonly' },
    },
  },
)
