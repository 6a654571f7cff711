import { z } from 'zod'
import { sourceBase } from '../../contract/definitions.ts'
import type { SourceDefinition } from '../../contract/definitions.ts'
import type { AnySource } from './source.ts'

const made = new WeakMap<readonly AnySource[], z.ZodType<SourceDefinition>>()

/** What the file of a source may say: the same for all, and the settings of its kind. One schema for each list of kinds. */
export function sourceDefinitionSchema(sources: readonly AnySource[]): z.ZodType<SourceDefinition> {
  const known = made.get(sources) ?? schemaOf(sources)
  made.set(sources, known)
  return known
}

function schemaOf(sources: readonly AnySource[]): z.ZodType<SourceDefinition> {
  const settings = allSettings(sources)
  const inEvery = Object.keys(settings).filter((key) => sources.every((source) => key in source.settings.shape))
  const { name, limits } = sourceBase.shape
  return z
    .strictObject({
      name,
      type: z.enum(sources.map(({ id }) => id)),
      ...Object.fromEntries(inEvery.map((key) => [key, settings[key]])),
      limits,
      ...Object.fromEntries(Object.entries(settings).flatMap(([key, schema]) => (inEvery.includes(key) ? [] : [[key, schema.optional()]]))),
    })
    .superRefine((definition, context) => {
      for (const issue of settingProblems(definition, sources)) context.addIssue({ code: 'custom', ...issue })
    }) as unknown as z.ZodType<SourceDefinition>
}

/** Every key that some kind has. Where two kinds mean different things by one, each of them is possible at first. */
function allSettings(sources: readonly AnySource[]): Record<string, z.ZodType> {
  const settings: Record<string, z.ZodType> = {}
  for (const source of sources) {
    for (const [key, schema] of Object.entries(source.settings.shape as Record<string, z.ZodType>)) {
      const before = settings[key]
      settings[key] = before === undefined || before === schema ? schema : z.union([before, schema])
    }
  }
  return settings
}

interface SettingProblem {
  path: PropertyKey[]
  message: string
  input: unknown
}

/** What the kind itself says of its settings: keys that belong to others, keys that are missing, what does not go together. */
function settingProblems(definition: Readonly<Record<string, unknown>>, sources: readonly AnySource[]): SettingProblem[] {
  const own = sources.find(({ id }) => id === definition['type'])
  if (own === undefined) return []
  const strange = Object.keys(definition).filter((key) => definition[key] !== undefined && !(key in sourceBase.shape) && !(key in own.settings.shape))
  if (strange.length > 0) {
    return strange.map((key) => {
      const owners = sources.filter(({ settings }) => key in settings.shape).map(({ id }) => id)
      return { path: [key], message: `only a source of type ${owners.join(' or ')} has it`, input: definition[key] }
    })
  }
  const parsed = own.settings.safeParse(ownSettings(own, definition))
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => ({ path, message, input: path.reduce<unknown>((part, step) => (part as Record<PropertyKey, unknown> | undefined)?.[step], definition) }))
}

/** The part of a definition that the kind itself understands. */
export function ownSettings({ settings }: AnySource, definition: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(settings.shape).flatMap((key) => (definition[key] === undefined ? [] : [[key, definition[key]]])))
}
