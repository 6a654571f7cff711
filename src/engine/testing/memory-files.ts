import type { Files } from '../ports/ports.ts'

/** Files that live in memory: absolute path → text. Folders are where files are. */
export function memoryFiles(start: Record<string, string> = {}): Files & { texts: Map<string, string> } {
  const texts = new Map(Object.entries(start))
  const folders = new Set<string>()
  const inside = (path: string) => [...texts.keys(), ...folders].filter((known) => known.startsWith(`${path}/`))
  const missing = (path: string) => Object.assign(new Error(`ENOENT: no such file, ${path}`), { code: 'ENOENT' })
  return {
    texts,
    async readText(path) {
      const text = texts.get(path)
      if (text === undefined) throw missing(path)
      return text
    },
    async writeText(path, text) {
      texts.set(path, text)
    },
    exists: async (path) => texts.has(path) || folders.has(path) || inside(path).length > 0,
    async list(path) {
      const names = new Map<string, 'file' | 'folder'>()
      for (const known of inside(path)) {
        const [name = '', ...deeper] = known.slice(path.length + 1).split('/')
        names.set(name, deeper.length > 0 || folders.has(known) ? 'folder' : 'file')
      }
      return [...names].map(([name, kind]) => ({ name, kind })).sort((left, right) => (left.name < right.name ? -1 : 1))
    },
    async stat(path) {
      const text = texts.get(path)
      return text === undefined ? undefined : { bytes: Buffer.byteLength(text), modifiedAt: 0, kind: 'file' }
    },
    disk: async () => ({ kind: 'local', freeBytes: 1e12 }),
    async makeFolder(path) {
      folders.add(path)
    },
    async remove(path) {
      texts.delete(path)
      for (const known of inside(path)) texts.delete(known)
    },
    async copy(from, to) {
      texts.set(to, await this.readText(from))
    },
    watch: () => () => {},
  }
}
