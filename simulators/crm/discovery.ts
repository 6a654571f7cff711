import type { Reply } from '../kit/reply.ts'
import type { VendorRequest } from '../kit/simulator.ts'
import type { CrmObject } from './crm-object.ts'
import { notFound } from './errors.ts'
import type { Property } from './schema.ts'
import { OWN_APP_ID } from './shapes.ts'

/** When the sample company set its CRM up; shown where the vendor shows when a property was made. */
const SET_UP_AT = '2023-02-01T09:00:00.000Z'
const PORTAL_ID = 48_213_377

export function listProperties(object: CrmObject): Reply {
  return { status: 200, body: { results: object.schema.properties.map((property) => showProperty(object, property)) } }
}

export function getProperty(object: CrmObject, request: VendorRequest): Reply {
  const property = object.properties.get(request.params['name'] ?? '')
  if (!property) throw notFound(`Property ${request.params['name']} does not exist`)
  return { status: 200, body: showProperty(object, property) }
}

/** Rules such as the greatest length, which the vendor keeps apart from the properties. */
export function listValidations(object: CrmObject): Reply {
  const results = object.schema.properties.flatMap(({ name, maxLength }) =>
    maxLength === undefined
      ? []
      : [{ propertyName: name, propertyValidationRules: [{ ruleType: 'MAX_LENGTH', ruleArguments: [String(maxLength)], shouldApplyNormalization: false }] }],
  )
  return { status: 200, body: { results } }
}

export function accountDetails(): Reply {
  return {
    status: 200,
    body: { portalId: PORTAL_ID, accountType: 'STANDARD', timeZone: 'Europe/London', companyCurrency: 'GBP', uiDomain: 'app.hubspot.com' },
  }
}

/** Which app the token belongs to, so that a caller can tell its own writes in the history. */
export function tokenInfo(): Reply {
  return {
    status: 200,
    body: { userId: 1, hubId: PORTAL_ID, appId: OWN_APP_ID, scopes: ['crm.objects.contacts.read', 'crm.objects.contacts.write', 'crm.schemas.contacts.read'] },
  }
}

function showProperty(object: CrmObject, property: Property) {
  const custom = property.custom ?? false
  return {
    name: property.name,
    label: property.label,
    type: property.type,
    fieldType: property.fieldType,
    description: '',
    groupName: `${object.schema.singular.toLowerCase()}information`,
    options: (property.options ?? []).map(({ label, value }, displayOrder) => ({ label, value, displayOrder, hidden: false })),
    displayOrder: -1,
    hasUniqueValue: property.unique ?? false,
    hidden: false,
    calculated: false,
    externalOptions: false,
    formField: !property.readOnly,
    hubspotDefined: !custom,
    modificationMetadata: { archivable: custom, readOnlyDefinition: !custom, readOnlyOptions: false, readOnlyValue: property.readOnly ?? false },
    createdAt: SET_UP_AT,
    updatedAt: SET_UP_AT,
    archived: false,
  }
}
