import type { Plugin } from 'vite'
export function mock_api(more?: unknown[]): Plugin
