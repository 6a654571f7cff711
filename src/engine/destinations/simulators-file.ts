import { z } from 'zod'
import { simulatorName, type SimulatorName } from '../../contract/definitions.ts'
import { AppError } from '../../contract/errors.ts'
import { isLoopback } from '../drivers/api-address.ts'
import type { Files } from '../ports/ports.ts'
import type { Pace } from './profile.ts'

const pace = z.enum(['vendor', 'fast'])
const entry = z.looseObject({ url: z.url(), token: z.string().min(1), pace: pace.optional() })

/** What `simulators start` writes to `.lockstep/simulators.json`, readable by its owner only. */
export const simulatorsFile = z.looseObject({
  ...Object.fromEntries(simulatorName.options.map((name) => [name, entry.optional()])) as Record<SimulatorName, z.ZodOptional<typeof entry>>,
  pace: pace.optional(),
})
export type SimulatorsFile = z.infer<typeof simulatorsFile>

export interface SimulatorAddress {
  url: string
  token: string
  pace: Pace
}

/** Where the file lies in a workspace. */
export function simulatorsPath(workspaceFolder: string): string {
  return `${workspaceFolder}/.lockstep/simulators.json`
}

/** Address and throw-away token of one simulator of this workspace; loopback only. */
export async function simulatorAddress(files: Files, workspaceFolder: string, name: SimulatorName, connection: string): Promise<SimulatorAddress> {
  const path = simulatorsPath(workspaceFolder)
  const start = { next: 'Start the simulated systems in Settings, then try again.', command: `lockstep simulators start "${workspaceFolder}"` }
  if (!(await files.exists(path))) throw new AppError('destination-unreachable', `The simulators of this workspace are not running, so ${connection} cannot be reached.`, { ...start, retryable: true })
  const parsed = simulatorsFile.safeParse(parseJson(await files.readText(path)))
  if (!parsed.success) throw new AppError('file-malformed', 'The file with the addresses of the simulators cannot be read.', { file: '.lockstep/simulators.json', ...start })
  const found = parsed.data[name]
  if (!found) throw new AppError('destination-unreachable', `The ${name} simulator of this workspace is not running, so ${connection} cannot be reached.`, { ...start, retryable: true })
  if (!isLoopback(new URL(found.url).hostname)) {
    throw new AppError('bad-input', `The ${name} simulator has an address that is not on this machine.`, { file: '.lockstep/simulators.json', field: `${name}.url`, ...start })
  }
  return { url: found.url.replace(/\/+$/, ''), token: found.token, pace: found.pace ?? parsed.data.pace ?? 'vendor' }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
