import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { appDataFolder } from '../platform/folders.ts'

// Compiling the engine takes longer than most commands: what one command compiled, the next one loads. Where nothing can
// be kept, nothing is, and everything works.
enableCompileCache(join(appDataFolder(), 'compile-cache'))
await import('./main.ts')
