import { createReadStream } from 'node:fs'
import type { ReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.map': 'application/json; charset=utf-8',
}

export interface FoundFile {
  path: string
  bytes: number
  type: string
  open(): ReadStream
}

/** A file of a folder that is served, or undefined: nothing outside it, nothing hidden, no folder. */
export async function findInside(folder: string, urlPath: string): Promise<FoundFile | undefined> {
  const relative = decoded(urlPath)
  if (relative === undefined || relative.includes('\0') || relative.includes('\\')) return undefined
  const parts = relative.split('/').filter((part) => part !== '')
  if (parts.length === 0 || parts.some((part) => part.startsWith('.'))) return undefined
  try {
    const root = await realpath(folder)
    const path = await realpath(join(root, ...parts))
    if (!path.startsWith(root + sep)) return undefined
    const found = await stat(path)
    if (!found.isFile()) return undefined
    return { path, bytes: found.size, type: TYPES[extname(path)] ?? 'application/octet-stream', open: () => createReadStream(path) }
  } catch {
    return undefined
  }
}

function decoded(urlPath: string): string | undefined {
  try {
    return decodeURIComponent(urlPath)
  } catch {
    return undefined
  }
}
