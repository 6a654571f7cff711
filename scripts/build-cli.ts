/**
 * Builds the command line into few files: a command loads them in a third of the time that hundreds take. Runs with every
 * `npm ci`. Beside them it notes which files they were made of, as they were; `src/cli/index.js` uses them only as long as
 * none has changed, else the sources.
 */
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { projectRoot } from '../src/platform/project-root.ts'

/** Native, or loaded by name where they are first used. */
const asTheyAre = [/^@duckdb\//, /^libphonenumber-js/, 'better-sqlite3', 'keytar', 'undici']

/** Builds into `folder`, which lies two levels below the project. Throws where it cannot. */
export async function buildCommandLine(folder: string): Promise<void> {
  const { rolldown } = await import('rolldown')
  // What ws would like to have beside it is not here: nothing to warn of.
  const bundle = await rolldown({ input: join(projectRoot, 'src', 'cli', 'main.ts'), platform: 'node', external: asTheyAre, logLevel: 'silent' })
  const beside = `${folder}.${process.pid}`
  try {
    const { output } = await bundle.write({ dir: beside, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' })
    const sources = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : [])).filter((path) => path.startsWith(join(projectRoot, 'src')))
    const inputs = [...new Set([...sources, join(projectRoot, 'package.json'), join(projectRoot, 'package-lock.json')])].sort()
    writeFileSync(join(beside, 'inputs.json'), JSON.stringify(inputs.map(asItIs)))
    rmSync(folder, { recursive: true, force: true })
    renameSync(beside, folder)
  } finally {
    rmSync(beside, { recursive: true, force: true })
    await bundle.close()
  }
}

/** How a file is known again: where it lies in the project, when it was changed, its bytes. */
function asItIs(path: string): [path: string, modifiedAt: number, bytes: number] {
  const { mtimeMs, size } = statSync(path)
  return [relative(projectRoot, path).replaceAll('\\', '/'), mtimeMs, size]
}

if (import.meta.main) {
  try {
    await buildCommandLine(join(projectRoot, 'out', 'cli'))
  } catch (error) {
    // Commands then run from the sources, somewhat slower: no reason to fail an installation.
    console.error(`The command line was not built and runs from its sources: ${error instanceof Error ? error.message : String(error)}`)
  }
}
