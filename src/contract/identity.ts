import { z } from 'zod'

/**
 * Identity rules as a definition: what is compared (`keys`), in which order (`rules`), and what holds them back
 * (strong keys, limits, blocked values, size caps). The order of `rules` is their priority.
 */

/** How a raw value becomes comparable. Names only; src/engine/identity/forms.ts says how. */
export const keyForm = z.enum([
  'exact',
  'trimmed',
  'lower',
  'digits',
  'code',
  'email',
  'hashed email',
  'phone',
  'hashed phone',
  'device',
  'name',
  'given name',
  'family name',
  'generation',
  'organisation',
  'date',
  'postcode',
  'street',
  'country',
])
export type KeyForm = z.infer<typeof keyForm>

const calendarDay = z.iso.date('write a day as 1870-01-31')

/**
 * Texts that stand for nothing and are never a key: instead of the default list (samples/identity/README.md), or what it
 * has more (`also`) and less (`not`). `*` stands for anything.
 */
export const placeholderList = z.union([z.array(z.string().min(1)), z.strictObject({ also: z.array(z.string().min(1)).optional(), not: z.array(z.string().min(1)).optional() })])

/** One place from which a key takes its value. */
export const keyPart = z.strictObject({
  /** A column, or several whose values are joined by a space; all of them must be there. */
  column: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  as: keyForm.default('trimmed'),
  /** phone: the column with the record's country. */
  country: z.string().min(1).optional(),
  /** phone: the country of records that say none, as two letters. */
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, 'use two capital letters, such as GB')
    .optional(),
  /** date: how 03/04/1970 is meant; `any` compares the day and the month in either order. */
  order: z.enum(['day first', 'month first', 'any']).optional(),
  /** date: the first and the last day that is believed; without them every day of the calendar is. */
  earliest: calendarDay.optional(),
  latest: calendarDay.optional(),
  /** name forms: words in alphabetical order, so that swapped names are equal; or each word as a value of its own. */
  words: z.enum(['sorted', 'each']).optional(),
  /** name forms: short forms as the name they stand for (Bob is Robert). `given name` always does. */
  formal: z.boolean().optional(),
  /** name forms: only the sound of each word (NYSIIS). */
  sound: z.boolean().optional(),
  /** Only the first, or the last, so many characters of the result. */
  first: z.int().min(1).max(64).optional(),
  last: z.int().min(1).max(64).optional(),
  /** Only records of these sources (by the name of the source or of the file without its ending). */
  sources: z.array(z.string().min(1)).min(1).optional(),
  /** The column may be in none of the sources. */
  optional: z.boolean().optional(),
})
export type KeyPart = z.infer<typeof keyPart>

export const identityKey = z
  .strictObject({
    description: z.string().optional(),
    /** One part, or alternatives: a record has every value that any of them gives. */
    from: z.union([keyPart, z.array(keyPart).min(1)]),
    /** Identifies one entity by itself: an entity never has two values of it. The same as `perEntity: 1`. */
    strong: z.boolean().optional(),
    /** The most different values that one entity may have. */
    perEntity: z.int().min(1).optional(),
    /** A value on more records than this is shared or junk, and merges nobody. */
    mostRecords: z.int().min(2).optional(),
    /** Values that merge nobody, in any spelling. */
    blocked: z.array(z.union([z.string(), z.number().transform(String)])).optional(),
    /** For this key, instead of the list of the rules. */
    placeholders: placeholderList.optional(),
  })
  .refine((key) => key.strong !== true || key.perEntity === undefined || key.perEntity === 1, { message: 'a strong key has one value per entity', path: ['perEntity'] })
export type IdentityKey = z.infer<typeof identityKey>

export const identityRule = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(80)
    .regex(/^[^",\r\n]*$/, 'leave out commas, quotes and line breaks'),
  description: z.string().optional(),
  /** Records that share a value of every one of these are the same entity. */
  keys: z.array(z.string().min(1)).min(1),
  /** Refused where two entities have values of one of these and none in common. */
  unlessDifferent: z.array(z.string().min(1)).optional(),
  /** Refused where more entities than this, as they stood before the rule, share the values. */
  mostEntities: z.int().min(2).optional(),
})
export type IdentityRule = z.infer<typeof identityRule>

/** Two letters each. Which are known says src/engine/values/month-names.ts. */
export const languageList = z.array(z.string().regex(/^[a-z]{2}$/, 'use two small letters, such as de')).min(1)

const columnNames = z.record(z.string().min(1), z.string().min(1))

/**
 * Records of the warehouse, or a destination's own. `columns` says what the keys' columns are called there:
 * `email: E_MAIL`; a column that is not named stands under its own name, where there is one. `label` is what people read:
 * a column, or several joined by a space.
 */
export const recordSource = z.union([
  z.strictObject({ product: z.string().min(1), columns: columnNames.optional(), label: z.array(z.string().min(1)).min(1).optional() }),
  z.strictObject({
    connection: z.string().min(1),
    object: z.string().min(1),
    columns: columnNames.optional(),
    label: z.array(z.string().min(1)).min(1).optional(),
    /** Where the system gives no list of its records: they are looked up by this field, with every value of a product's column. */
    lookUp: z.strictObject({ field: z.string().min(1), product: z.string().min(1), column: z.string().min(1) }).optional(),
  }),
])
export type RecordSource = z.infer<typeof recordSource>

/** A figure that is wanted; where the figure of a run is beyond it, Identity and Home say so. Shares are 0…1. */
export const identityThreshold = z
  .strictObject({
    rate: z.enum(['match', 'ambiguous', 'unmatched', 'invalid', 'duplication']),
    /** A product, or `connection/object`; for match, ambiguous and unmatched the system in which a product's rows are looked for. Absent: each. */
    source: z.string().min(1).optional(),
    least: z.number().min(0).max(1).optional(),
    most: z.number().min(0).max(1).optional(),
  })
  .refine(({ least, most }) => (least === undefined) !== (most === undefined), { message: 'give either least or most' })
export type IdentityThreshold = z.infer<typeof identityThreshold>

/** Rules by themselves: what `identity cluster` needs, and what stands in `identity/*.yaml` of a workspace beside `records`. */
export const identityDefinition = z
  .strictObject({
    name: z.string().min(1),
    description: z.string().optional(),
    owner: z.string().optional(),
    records: z.array(recordSource).optional(),
    keys: z.record(z.string().regex(/^[a-z][a-z0-9 _-]{0,40}$/, 'use lower-case letters, digits and spaces'), identityKey).refine((keys) => Object.keys(keys).length > 0, { message: 'give at least one key' }),
    rules: z.array(identityRule).min(1),
    /** The most records one entity may have. */
    largestEntity: z.int().min(2).default(500),
    /** For keys that say none of their own: a value on more records than this merges nobody. */
    mostRecords: z.int().min(2).default(200),
    thresholds: z.array(identityThreshold).optional(),
    placeholders: placeholderList.optional(),
    /** Languages in which dates name their months (`de`, `fr`); absent: those of lockstep.yaml, else the usual ones of Europe. */
    languages: languageList.optional(),
    /** A destination's records are read again when they were read longer ago than this. Minutes. */
    readAgainAfter: z.int().min(0).default(15),
  })
  .superRefine((definition, context) => {
    const known = new Set(Object.keys(definition.keys))
    const names = new Set<string>()
    definition.rules.forEach((rule, at) => {
      if (names.has(rule.name)) context.addIssue({ code: 'custom', path: ['rules', at, 'name'], message: `two rules are called '${rule.name}'` })
      names.add(rule.name)
      for (const field of ['keys', 'unlessDifferent'] as const) {
        rule[field]?.forEach((key, place) => {
          if (!known.has(key)) context.addIssue({ code: 'custom', path: ['rules', at, field, place], message: `there is no key '${key}' (there is ${[...known].join(', ')})` })
        })
      }
    })
  })
export type IdentityDefinition = z.infer<typeof identityDefinition>
