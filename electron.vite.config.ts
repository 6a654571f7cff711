import { fileURLToPath } from 'node:url'
import { defineConfig } from 'electron-vite'
import renderer from './vite.config.ts'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

export default defineConfig({
  main: {
    build: {
      outDir: path('out/main'),
      externalizeDeps: true,
      rolldownOptions: { input: { index: path('src/main/index.ts'), engine: path('src/main/engine.ts'), queries: path('src/main/queries.ts') } },
    },
  },
  preload: {
    build: {
      outDir: path('out/preload'),
      // A sandboxed preload cannot load other files.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: path('src/main/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: { ...renderer, build: { ...renderer.build, rolldownOptions: { input: path('src/renderer/index.html') } } },
})
