import { applyLimits } from '../kit/simulator.ts'
import type { Refusal, Route, Simulator, SimulatorSetting } from '../kit/simulator.ts'
import type { Reply } from '../kit/reply.ts'
import { sameToken } from '../kit/tokens.ts'
import { refusal } from './errors.ts'
import { deleteProfiles, exportByIds, listCustomAttributes } from './exports.ts'
import { createGate, marketingProfile } from './limits.ts'
import type { MarketingProfile } from './limits.ts'
import { Profiles } from './profiles.ts'
import { sampleMarketingSchema } from './schema.ts'
import type { MarketingSchema } from './schema.ts'
import { track } from './track.ts'

const BODY_LIMIT = 4 * 1024 * 1024

/** A marketing platform that speaks the protocol of Braze. */
export function createMarketing(setting: SimulatorSetting): Simulator {
  const profile = applyLimits(marketingProfile, setting.limits)
  // A schema file is the test author's own; it has the form of the sample's.
  const schema = (setting.schema as MarketingSchema | undefined) ?? sampleMarketingSchema
  const profiles = new Profiles(schema, setting.pace.scale(profile.applyDelay))
  const gate = createGate(profile, setting.pace)
  return {
    name: 'marketing',
    routes: createRoutes(profiles, profile),
    objects: new Map([['users', profiles]]),
    bodyLimit: BODY_LIMIT,
    authorised: (authorization) => sameToken(authorization, `Bearer ${setting.token}`),
    gate: (route, now) => gate.admit(route, now),
    refuse,
    reset() {
      gate.reset()
      profiles.reset()
    },
    close: () => undefined,
  }
}

function createRoutes(profiles: Profiles, profile: MarketingProfile): Route[] {
  return [
    { method: 'POST', path: '/users/track', rows: 'attributes', limit: 'track', handle: (request) => track(profiles, profile, request) },
    { method: 'POST', path: '/users/export/ids', rows: 'external_ids', limit: 'export', handle: (request) => exportByIds(profiles, profile, request) },
    { method: 'POST', path: '/users/delete', rows: 'external_ids', limit: 'delete', handle: (request) => deleteProfiles(profiles, profile, request) },
    { method: 'GET', path: '/custom_attributes', limit: 'discovery', handle: (request) => listCustomAttributes(profiles, profile, request) },
  ]
}

function refuse(kind: Refusal, message: string): Reply {
  switch (kind) {
    case 'unauthorised':
      return refusal(401, 'Invalid API Key')
    case 'notFound':
      return refusal(404, message)
    case 'badJson':
      return refusal(400, message)
    case 'tooLarge':
      return refusal(413, message)
    case 'failed':
      return refusal(500, message)
  }
}
