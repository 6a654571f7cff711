import { join } from 'node:path'
import { AppError } from '../../contract/errors.ts'
import { type AuditVerdict, largestManifestBytes } from '../../contract/shapes.ts'
import { nodeFiles } from '../../platform/files.ts'
import { type Command, text, textOf } from '../command.ts'
import { exportText } from '../export-text.ts'
import { count } from '../table.ts'

/** The event log with a manifest that a third party can check. */
export const auditExport: Command = {
  path: ['audit', 'export'],
  words: [],
  options: { from: text('INSTANT'), to: text('INSTANT') },
  summary: 'Write the audit with a manifest of SHA-256 sums.',
  async run({ options, engine }) {
    const from = instantOf(options, 'from')
    const to = instantOf(options, 'to')
    const { caller } = await engine()
    const result = await caller.audit.export({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) })
    const verdict = await caller.audit.verify({})
    const manifest = result.files.find(({ name }) => name.includes('manifest'))
    return {
      json: { ...verdictJson(verdict), ...result, ...(manifest ? { manifest: join(result.folder, manifest.name) } : {}) },
      text: `${exportText(result)}\n${verdict.words}`,
      exit: verdict.ok ? 0 : 1,
    }
  },
}

/** Whether the chain is whole, by itself or against an earlier export. */
export const auditVerify: Command = {
  path: ['audit', 'verify'],
  words: [],
  options: { against: text('MANIFEST') },
  summary: 'Check that no entry of the audit was changed, left out or cut off.',
  async run({ options, engine, resolvePath }) {
    const path = textOf(options, 'against')
    const manifest = path === undefined ? undefined : await readManifest(resolvePath(path))
    const { caller } = await engine()
    const verdict = await caller.audit.verify(manifest === undefined ? {} : { manifest })
    const problems = verdict.problems.map(({ kind, seq, message }) => `  entry ${seq}: ${message ?? kind}`)
    return { json: verdictJson(verdict), text: [verdict.words, ...problems].join('\n'), exit: verdict.ok ? 0 : 1 }
  },
}

/** Exactly the keys of architecture §8. */
function verdictJson({ ok, entries, head, problems }: AuditVerdict): { ok: boolean; entries: number; head: string; problems: { kind: string; seq: number }[] } {
  return { ok, entries, head, problems: problems.map(({ kind, seq }) => ({ kind, seq })) }
}

async function readManifest(path: string): Promise<string> {
  const next = 'Give the manifest.json of an earlier export.'
  const bytes = (await nodeFiles.stat(path).catch(() => undefined))?.bytes
  if (bytes !== undefined && bytes > largestManifestBytes) throw new AppError('bad-input', `This file has ${count(bytes)} bytes; a manifest has a few thousand.`, { file: path, next })
  try {
    return await nodeFiles.readText(path)
  } catch (cause) {
    throw new AppError('bad-input', cause instanceof AppError ? cause.message : 'The manifest cannot be read.', { file: path, next, cause })
  }
}

function instantOf(options: Parameters<typeof textOf>[0], name: string): string | undefined {
  const word = textOf(options, name)
  if (word === undefined) return undefined
  const at = Date.parse(word)
  if (Number.isNaN(at)) throw new AppError('bad-usage', `“${word}” is not a moment.`, { field: name, value: word, next: 'Write it as 2026-11-23 or 2026-11-23T14:00:00Z.' })
  return new Date(at).toISOString()
}
