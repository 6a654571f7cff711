import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { NONCE_PLACEHOLDER } from './src/platform/page-policy.ts'

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The renderer: one build for Electron and the web shell, one development server on the web shell. */
export default defineConfig({
  root: folder('src/renderer'),
  base: './',
  html: { cspNonce: NONCE_PLACEHOLDER },
  plugins: [react()],
  build: {
    outDir: folder('out/renderer'),
    emptyOutDir: true,
    target: 'es2024',
    minify: true,
    // Inlined files would need a wider policy than the page has.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
})
