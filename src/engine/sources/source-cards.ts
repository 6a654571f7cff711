import { z } from 'zod'
import type { SourceDefinition } from '../../contract/definitions.ts'
import type { SourceCard, SourceSummary } from '../../contract/shapes.ts'
import { ownSettings } from './definition-schema.ts'
import { sourceById } from './registry.ts'
import type { AnySource } from './source.ts'

/** What can be a source, with the form of its settings. */
export function sourceCards(sources: readonly AnySource[]): SourceCard[] {
  return sources.map(({ id, label, summary, settings, secrets, dialect, capabilities, file }) => ({
    id,
    label,
    summary,
    settings: z.toJSONSchema(settings, { io: 'input' }) as Record<string, unknown>,
    secrets: { ...secrets },
    dialect: dialect.name,
    capabilities: { ...capabilities },
    ...(file === undefined ? {} : { file: { endings: [...file.endings], form: file.form } }),
  }))
}

/** Where a source reads, by its definition alone. */
export function sourcePlace(value: SourceDefinition, sources: readonly AnySource[]): { kind: AnySource; place: string; local: boolean } {
  const kind = sourceById(value.type, sources)
  const settings = kind.settings.parse(ownSettings(kind, value))
  return { kind, place: kind.place(settings), local: kind.local(settings) }
}

/** One source as screens list it. */
export function summariseSource({ id, value }: { id: string; value: SourceDefinition }, sources: readonly AnySource[]): SourceSummary {
  const { kind, place } = sourcePlace(value, sources)
  return { id, name: value.name ?? id, type: kind.id, label: kind.label, mark: kind.mark, place, replaceable: kind.file?.form === 'text' }
}
