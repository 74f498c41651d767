import vue from '@vitejs/plugin-vue'
import { mock_api } from '@tongban/api/mock'
import { defineConfig } from 'vite'

const server = process.env['TONGBAN_SERVER'] ?? 'http://127.0.0.1:8080'

export default defineConfig(({ mode }) => ({
  base: '/',
  plugins: [vue(), mode === 'mock' && mock_api()],
  build: {
    outDir: '../../dist/portal',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // everything as a file: the policy allows no data: scripts or styles
    assetsInlineLimit: 0,
  },
  server: {
    host: '127.0.0.1',
    proxy: mode === 'mock' ? {} : { '/api': { target: server, changeOrigin: false } },
  },
}))
