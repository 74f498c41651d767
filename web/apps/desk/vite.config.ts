import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { mock_desk } from './mock/vite.mjs'

const server = process.env['TONGBAN_SERVER'] ?? 'http://127.0.0.1:8080'

export default defineConfig(({ mode }) => ({
  base: '/desk/',
  plugins: [vue(), mode === 'mock' && mock_desk()],
  build: {
    outDir: '../../dist/desk',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  server: {
    host: '127.0.0.1',
    proxy: mode === 'mock' ? {} : { '/api': { target: server, changeOrigin: false } },
  },
}))
