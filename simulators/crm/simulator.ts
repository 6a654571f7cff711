import { sameToken } from '../kit/tokens.ts'
import { applyLimits } from '../kit/simulator.ts'
import type { Handler, ObjectControl, Refusal, Route, Simulator, SimulatorSetting, VendorRequest } from '../kit/simulator.ts'
import type { Reply } from '../kit/reply.ts'
import { batchArchive, batchCreate, batchRead, batchUpdate, batchUpsert } from './batch.ts'
import { CrmObject } from './crm-object.ts'
import { accountDetails, getProperty, listProperties, listValidations, tokenInfo } from './discovery.ts'
import { notFound, refusal } from './errors.ts'
import { createGate, crmProfile } from './limits.ts'
import type { CrmProfile } from './limits.ts'
import { sampleCrmSchema } from './schema.ts'
import type { CrmSchema } from './schema.ts'
import { listRoutes, Memberships } from './lists.ts'
import { search } from './search.ts'
import { archiveOne, createOne, getOne, list, updateOne } from './single.ts'

const BODY_LIMIT = 10 * 1024 * 1024

/** A CRM that speaks the protocol of HubSpot CRM v3. */
export function createCrm(setting: SimulatorSetting): Simulator {
  const profile = applyLimits(crmProfile, setting.limits)
  // A schema file is the test author's own; it has the form of the sample's.
  const schema = (setting.schema as CrmSchema | undefined) ?? sampleCrmSchema
  const searchDelay = setting.pace.scale(profile.searchDelay)
  const objects = new Map(Object.entries(schema).map(([name, one]) => [name, new CrmObject(name, one, searchDelay)]))
  const gate = createGate(profile, setting.pace)
  const contacts = objects.get('contacts')
  const memberships = contacts && new Memberships(contacts)
  return {
    name: 'crm',
    routes: [...createRoutes(objects, profile), ...(memberships ? listRoutes(memberships, contacts, profile) : [])],
    objects: memberships ? new Map<string, ObjectControl>([...objects, ['memberships', memberships]]) : objects,
    bodyLimit: BODY_LIMIT,
    authorised: (authorization) => sameToken(authorization, `Bearer ${setting.token}`),
    gate: (route, now) => gate.admit(route, now),
    refuse,
    reset() {
      gate.reset()
      for (const object of objects.values()) object.searchView.clear()
    },
    close: () => undefined,
  }
}

function createRoutes(objects: ReadonlyMap<string, CrmObject>, profile: CrmProfile): Route[] {
  const routes: Route[] = [
    { method: 'GET', path: '/account-info/v3/details', handle: accountDetails },
    { method: 'POST', path: '/oauth/v2/private-apps/get/access-token-info', handle: tokenInfo },
    { method: 'GET', path: '/crm/v3/properties/:object', handle: on(objects, listProperties) },
    { method: 'GET', path: '/crm/v3/properties/:object/:name', handle: on(objects, getProperty) },
    { method: 'GET', path: '/crm/v3/property-validations/:object', handle: on(objects, listValidations) },
  ]
  for (const object of objects.values()) routes.push(...objectRoutes(object, profile))
  return routes
}

function objectRoutes(object: CrmObject, profile: CrmProfile): Route[] {
  const base = `/crm/v3/objects/${object.name}`
  const batch = (name: string, run: (object: CrmObject, profile: CrmProfile, request: VendorRequest) => Reply): Route => ({
    method: 'POST',
    path: `${base}/batch/${name}`,
    rows: 'inputs',
    handle: (request) => run(object, profile, request),
  })
  return [
    batch('read', batchRead),
    batch('update', batchUpdate),
    batch('upsert', batchUpsert),
    batch('create', batchCreate),
    batch('archive', batchArchive),
    { method: 'POST', path: `${base}/search`, limit: 'search', handle: (request) => search(object, profile, request) },
    { method: 'GET', path: base, handle: (request) => list(object, profile, request) },
    { method: 'POST', path: base, handle: (request) => createOne(object, request) },
    { method: 'GET', path: `${base}/:id`, handle: (request) => getOne(object, request) },
    { method: 'PATCH', path: `${base}/:id`, handle: (request) => updateOne(object, request) },
    { method: 'DELETE', path: `${base}/:id`, handle: (request) => archiveOne(object, request) },
  ]
}

/** A handler for the object that the path names. */
function on(objects: ReadonlyMap<string, CrmObject>, handle: (object: CrmObject, request: VendorRequest) => Reply): Handler {
  return (request) => {
    const object = objects.get(request.params['object'] ?? '')
    if (!object) throw notFound(`Unable to infer object type from: ${request.params['object']}`)
    return handle(object, request)
  }
}

function refuse(kind: Refusal, message: string): Reply {
  switch (kind) {
    case 'unauthorised':
      return refusal(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found or invalid.')
    case 'notFound':
      return refusal(404, 'OBJECT_NOT_FOUND', message)
    case 'badJson':
      return refusal(400, 'VALIDATION_ERROR', `Invalid input JSON on line 1, column 1: ${message}`)
    case 'tooLarge':
      return refusal(413, 'VALIDATION_ERROR', message)
    case 'failed':
      return refusal(500, 'INTERNAL_ERROR', message)
  }
}
