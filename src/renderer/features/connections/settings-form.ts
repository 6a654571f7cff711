/** A setting of a destination, as its JSON schema describes it. */
export interface SettingField {
  name: string
  label: string
  description: string | undefined
  kind: 'text' | 'number' | 'choice' | 'yes or no'
  options: string[]
  required: boolean
  standard: string | number | boolean | undefined
  minimum: number | undefined
  maximum: number | undefined
  pattern: string | undefined
}

export type SettingValues = Record<string, string | number | boolean>

/** The fields of a form, from the schema of a destination's settings. */
export function settingFields(schema: Record<string, unknown>): SettingField[] {
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : []
  return Object.entries(asObject(schema['properties'])).map(([name, described]) => {
    const property = asObject(described)
    const standard = property['default']
    const options = Array.isArray(property['enum']) ? property['enum'].map(String) : []
    return {
      name,
      label: text(property['title']) ?? words(name),
      description: text(property['description']),
      kind: kindOf(property['type'], options),
      options,
      required: required.includes(name) && standard === undefined,
      standard: typeof standard === 'string' || typeof standard === 'number' || typeof standard === 'boolean' ? standard : undefined,
      minimum: amount(property['minimum']),
      maximum: amount(property['maximum']),
      pattern: text(property['pattern']),
    }
  })
}

function kindOf(type: unknown, options: string[]): SettingField['kind'] {
  if (options.length > 0) return 'choice'
  if (type === 'number' || type === 'integer') return 'number'
  return type === 'boolean' ? 'yes or no' : 'text'
}

/** What is wrong with the values so far, by field. */
export function settingProblems(fields: SettingField[], values: SettingValues): Record<string, string> {
  const problems: Record<string, string> = {}
  for (const field of fields) {
    const problem = problemOf(field, values[field.name])
    if (problem !== undefined) problems[field.name] = problem
  }
  return problems
}

function problemOf(field: SettingField, value: string | number | boolean | undefined): string | undefined {
  if (value === undefined || value === '') return field.required ? `${field.label} is needed` : undefined
  if (field.kind === 'number') {
    if (typeof value !== 'number') return `${field.label} is a number`
    if (field.minimum !== undefined && value < field.minimum) return `At least ${String(field.minimum)}`
    if (field.maximum !== undefined && value > field.maximum) return `At most ${String(field.maximum)}`
  }
  if (field.kind === 'choice' && !field.options.includes(String(value))) return `Choose ${field.options.join(' or ')}`
  return undefined
}

/** Values to store: without empty ones. */
export function storedSettings(values: SettingValues): SettingValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
}

function asObject(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? { ...value } : {}
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function amount(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** "baseUrl" and "api_key" as a person would write them. */
function words(name: string): string {
  const spaced = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ').toLowerCase()
  const named = spaced.replaceAll(/\b(url|api|id)\b/g, (word) => word.toUpperCase())
  return named.charAt(0).toUpperCase() + named.slice(1)
}
