import { readFileSync, statSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Loading the engine takes longer than most commands. So it is built into few files (scripts/build-cli.ts), and what one
// command compiled, the next one loads. This file is plain JavaScript because whatever runs before the cache is on is never
// kept: TypeScript here would load its compiler each time. Where nothing can be kept, nothing is, and everything works.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/lockstep', import.meta.url)))
if (isBuilt()) await import('../../out/cli/main.js')
else await import('./main.ts')

/** Whether what was built is of the files as they are now. */
function isBuilt() {
  try {
    const inputs = JSON.parse(readFileSync(new URL('../../out/cli/inputs.json', import.meta.url), 'utf8'))
    return inputs.every(([path, modified, bytes]) => {
      const found = statSync(new URL(`../../${path}`, import.meta.url))
      return found.mtimeMs === modified && found.size === bytes
    })
  } catch {
    return false
  }
}
