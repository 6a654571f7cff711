import { join } from 'node:path'

/** The folder of the project: two above this file, in the sources and in everything that is built of them (`out/…`). */
export const projectRoot = join(import.meta.dirname, '..', '..')
