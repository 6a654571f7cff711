import { readBody } from '../answers.ts'
import type { DestinationObject } from '../destination.ts'
import type { DestinationField } from '../../values/destination-field.ts'
import type { ValueType } from '../../../contract/definitions.ts'
import { allowed } from './allowed.ts'
import { account, properties, validations } from './answers.ts'
import type { HubspotProperty } from './answers.ts'
import { objects, RECORD_ID } from './context.ts'
import type { HubspotContext } from './context.ts'
import { discoverLists } from './lists.ts'

/** The vendor's limit for a text property without a rule of its own. */
const TEXT_LIMIT = 65_536

/** Names the account that the token opens. */
export async function check(context: HubspotContext): Promise<{ account: string }> {
  const response = await context.http.request({ method: 'GET', path: '/account-info/v3/details', effect: 'read' })
  const { portalId, uiDomain } = readBody(context, account, response, 'asking for the account')
  return { account: uiDomain ? `${portalId} (${uiDomain})` : String(portalId) }
}

/** Contacts and companies with the properties that the account's administrators have set up, and the static lists of contacts. */
export async function discover(context: HubspotContext): Promise<DestinationObject[]> {
  const records = await Promise.all(
    Object.entries(objects).map(async ([name, { label, noun }]): Promise<DestinationObject> => {
      const fields = await discoverFields(context, name)
      const matchFields = fields.filter((field) => field.unique).map((field) => field.name)
      return { name, label, noun, fields, matchFields, operations: ['create', 'update', 'archive'] }
    }),
  )
  const contacts = records.find(({ name }) => name === 'contacts')
  return contacts ? [...records, ...(await discoverLists(context, contacts))] : records
}

async function discoverFields(context: HubspotContext, object: string): Promise<DestinationField[]> {
  const response = await context.http.request({ method: 'GET', path: `/crm/v3/properties/${object}`, effect: 'read' })
  const [{ results }, lengths] = [readBody(context, properties, response, `reading the properties of ${object}`), await discoverLengths(context, object)]
  return results.filter((property) => !property.hidden).map((property) => toField(object, property, lengths.get(property.name)))
}

/** Length rules are kept apart from the properties, and not every token may read them. */
async function discoverLengths(context: HubspotContext, object: string): Promise<Map<string, number>> {
  const response = await allowed(context.http.request({ method: 'GET', path: `/crm/v3/property-validations/${object}`, effect: 'read' }))
  const parsed = validations.safeParse(response?.body)
  if (!response || response.status !== 200 || !parsed.success) return new Map()
  return new Map(
    parsed.data.results.flatMap(({ propertyName, propertyValidationRules }) => {
      const longest = Number(propertyValidationRules.find((rule) => rule.ruleType === 'MAX_LENGTH')?.ruleArguments[0])
      return Number.isInteger(longest) && longest > 0 ? [[propertyName, longest] as const] : []
    }),
  )
}

function toField(object: string, property: HubspotProperty, longest: number | undefined): DestinationField {
  const type = property.name === RECORD_ID ? 'string' : valueTypeOf(property)
  const isEmail = object === 'contacts' && property.name === 'email'
  return {
    name: property.name,
    label: property.label,
    type,
    access: property.calculated ? 'computed' : property.modificationMetadata?.readOnlyValue ? 'read only' : 'read and write',
    required: false,
    // Email is a contact's identity whatever the flag says; the record id finds every record.
    unique: property.hasUniqueValue || isEmail || property.name === RECORD_ID,
    ...(type === 'string' ? { maxLength: longest ?? TEXT_LIMIT } : {}),
    ...(property.options.length > 0 && type !== 'boolean' ? { options: property.options.map(({ label, value }) => ({ label, value })) } : {}),
    ...(type === 'instant' ? { precision: 3 } : {}),
    ...(isEmail ? { folds: 'email' as const, keyForm: { plain: 'email' as const } } : {}),
  }
}

function valueTypeOf({ type, fieldType }: HubspotProperty): ValueType {
  switch (type) {
    case 'number':
      return 'number'
    case 'bool':
      return 'boolean'
    case 'date':
      return 'date'
    case 'datetime':
      return 'instant'
    case 'json':
      return 'json'
    case 'enumeration':
      return fieldType === 'checkbox' ? 'set' : 'string'
    default:
      return 'string'
  }
}
