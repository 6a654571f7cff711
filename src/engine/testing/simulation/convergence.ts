import { matchKeyOf, readKnown } from './plans.ts'
import type { SimulatedPlan } from './plans.ts'
import { latest } from './vendor.ts'
import { holdsWarehouse } from './invariants.ts'
import type { World } from './world.ts'

interface Means {
  startRun: (world: World, plan: SimulatedPlan) => void
  untilQuiet: () => Promise<void>
}

/** I5: what is left is planned and applied once more; after that there is nothing to do, and nobody is missing. */
export async function checkConverged(world: World, means: Means): Promise<void> {
  const { process } = world
  if (!process?.alive) return world.violate('end', 'there is no engine at the end')
  const again = world.plan(process.database, { activation: 'tiers' })
  world.note(`plans again: ${again.rows.length}`)
  await apply(world, again, means)
  const nothing = world.plan(process.database, { activation: 'tiers' })
  const open = nothing.rows.filter((row) => row.skip === undefined)
  if (open.length > 0) world.violate('I5', `after a calm run there is still something to send: ${open.map(({ record }) => `${record.key} ${record.operation}`).join(', ')}`)
  checkEverybody(world)
}

async function apply(world: World, plan: SimulatedPlan, means: Means): Promise<void> {
  const { process } = world
  if (plan.rows.length === 0 || !process) return
  means.startRun(world, plan)
  await means.untilQuiet()
  const run = process.runs.list({ limit: 1 })[0]
  if (!run || run.planId !== plan.id) return world.violate('I5', 'the calm run did not start')
  if (run.state !== 'done') world.violate('I5', `the calm run is ${run.state}: ${run.reason ?? ''}`)
  const { delivered, skipped, planned, overridden } = run.counts
  if (delivered + skipped !== planned) world.violate('I5', `the calm run left rows behind: ${JSON.stringify(run.counts)}`)
  const ruled = world.vendor.rules.overridden.size
  if (overridden > ruled) world.violate('I5', `the calm run was overridden ${overridden} times, and the system does that to ${ruled} people`)
}

/** No row is lost: everybody is as the warehouse says, or there is a standing answer, a rule, or a deleted link. */
function checkEverybody(world: World): void {
  const { process, vendor } = world
  if (!process) return
  const known = readKnown(process.database, world.disk)
  for (const [key, desired] of world.warehouse) {
    // What people and rules of the system did to it since, nobody can know where nobody can look.
    const blind = world.profile.readBack === 'none'
    if (holdsWarehouse(vendor, key, desired, blind) || (blind && vendor.rules.overridden.has(matchKeyOf(key)))) continue
    const link = known.links.get(key)
    const record = link && vendor.records.get(link.remoteId)
    if (link && (!record || latest(record)?.gone !== false)) continue
    const standing = process.database.get<{ answers: number }>('SELECT count(*) AS answers FROM standing_answers WHERE remote_id = ?', link?.remoteId ?? vendor.living().find((one) => one.key === matchKeyOf(key))?.id ?? '')
    if ((standing?.answers ?? 0) > 0) continue
    world.violate('I5', `${key} is not what the warehouse says, and nothing says why`)
  }
}
