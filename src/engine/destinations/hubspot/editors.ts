import { tokenInfo } from './answers.ts'
import type { HistoryEntry } from './answers.ts'
import type { HubspotContext } from './context.ts'
import type { Editor } from '../destination.ts'
import { AppError } from '../../../contract/errors.ts'

const OWN_APP = 'own app'

/** Id of the app that our token belongs to; undefined where the account does not tell. */
export async function ownAppId(context: HubspotContext): Promise<string | undefined> {
  if (context.settings.appId !== undefined) return context.settings.appId
  if (!context.facts.has(OWN_APP)) context.facts.set(OWN_APP, await askOwnAppId(context))
  const known = context.facts.get(OWN_APP)
  return typeof known === 'string' ? known : undefined
}

async function askOwnAppId(context: HubspotContext): Promise<string | undefined> {
  try {
    const response = await context.http.request({
      method: 'POST',
      path: '/oauth/v2/private-apps/get/access-token-info',
      json: { tokenKey: context.secrets.token },
      effect: 'read',
    })
    const { data } = tokenInfo.safeParse(response.body)
    return data?.appId === undefined ? undefined : String(data.appId)
  } catch (error) {
    // Not every kind of token may ask; then our own changes count as those of an unknown editor.
    if (error instanceof AppError && error.code === 'unauthorised') return undefined
    throw error
  }
}

/** Who made the newest change. Source types: the vendor's enum is not published, so what is unknown stays unknown. */
export function editorOf(newest: HistoryEntry | undefined, ownApp: string | undefined): Editor | undefined {
  if (!newest) return undefined
  return { ...whoIs(newest, ownApp), ...(newest.timestamp ? { at: newest.timestamp } : {}) }
}

function whoIs({ sourceType, sourceId, sourceLabel }: HistoryEntry, ownApp: string | undefined): Editor {
  const label = sourceLabel?.trim()
  switch (sourceType) {
    case 'CRM_UI':
    case 'CRM_UI_BULK_ACTION':
    case 'CONTACTS_WEB':
    case 'COMPANIES_WEB':
    case 'MOBILE_IOS':
    case 'MOBILE_ANDROID':
      return { kind: 'person', name: label || 'A HubSpot user' }
    case 'FORM':
      // Typed by the customer: as worth keeping as what a colleague typed.
      return { kind: 'person', name: label ? `Form ${label}` : 'A form' }
    case 'API':
    case 'INTEGRATION':
      return byApp(sourceId, label, ownApp)
    case 'AUTOMATION_PLATFORM':
    case 'WORKFLOWS':
      return { kind: 'other system', name: label ? `Workflow ${label}` : 'A workflow' }
    case 'IMPORT':
      return { kind: 'other system', name: label ? `Import ${label}` : 'Import' }
    case 'SALESFORCE':
      return { kind: 'other system', name: 'Salesforce sync' }
    case 'CALCULATED':
      return { kind: 'other system', name: 'Calculated' }
    default:
      return { kind: 'unknown', name: label || 'Unknown' }
  }
}

function byApp(sourceId: string | undefined, label: string | undefined, ownApp: string | undefined): Editor {
  if (ownApp === undefined) return { kind: 'unknown', name: label || 'An integration' }
  return sourceId === ownApp ? { kind: 'us', name: 'Lockstep' } : { kind: 'other system', name: label || 'An integration' }
}
