import { client } from './client.ts'
import { chooseFile } from './shell-bridge.ts'

/** Asks for a file that can be a source; with a form, for one of these. Undefined when cancelled. */
export async function chooseDataFile(form?: 'text'): Promise<string | undefined> {
  const kinds = await client.sources.kinds()
  return chooseFile(kinds.flatMap(({ file }) => (file === undefined || (form !== undefined && file.form !== form) ? [] : file.endings)))
}
