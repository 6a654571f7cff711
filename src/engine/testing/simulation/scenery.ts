import type { SimulatedPlan } from './plans.ts'
import { matchKeyOf } from './plans.ts'
import type { Fields } from './vendor.ts'
import type { World } from './world.ts'
import { personal } from './world.ts'

const fieldsOf = (index: number, version: number): Fields => ({ tier: `${personal} tier ${index}.${version}`, score: version * 100 + index })

/** People in the destination and in the warehouse, what was agreed before, the system's quirks, and one or two plans. */
export function layOut(world: World): SimulatedPlan[] {
  const { chance, vendor, character } = world
  const readable = character.profile.readBack !== 'none'
  const people = chance.whole(1, 30)
  const agreed: { key: string; id: string; created: boolean; agreed: Record<string, string | null> }[] = []
  const keys: string[] = []
  const removed: string[] = []
  for (let index = 0; index < people; index += 1) {
    const key = `p${String(index).padStart(3, '0')}`
    const there = readable && chance.happens(0.6)
    if (there) {
      const before = fieldsOf(index, 1)
      const record = vendor.add(-1_000_000, matchKeyOf(key), { ...before, note: `${personal} note` }, 'start')
      const made = chance.happens(0.3)
      if (chance.happens(0.85)) agreed.push({ key, id: record.id, created: made, agreed: before as Record<string, string> })
      // A person changed it after the last run.
      if (chance.happens(0.15)) vendor.edit(-1000, record.id, { fields: { tier: `${personal} typed` } })
      if (made && agreed.at(-1)?.key === key && chance.happens(0.3)) {
        removed.push(key)
        continue
      }
    }
    world.warehouse.set(key, fieldsOf(index, chance.happens(0.8) ? 2 : 1))
    keys.push(key)
  }
  quirks(world, keys)
  const database = world.openedAside()
  try {
    world.agreeOn(database, agreed)
    const split = chance.happens(0.25) ? Math.floor(keys.length / 2) : keys.length
    const unselected = (key: string): boolean => Number(key.slice(1)) % 11 === 3
    const plans = [world.plan(database, { activation: 'tiers', keys: keys.slice(0, split), removed, unselected })]
    if (split < keys.length) plans.push(world.plan(database, { activation: 'others', keys: keys.slice(split), unselected }))
    for (const plan of plans) if (chance.happens(0.1)) plan.expiresAt = Date.parse('2026-01-05T09:00:00Z') + chance.whole(1000, 60_000)
    afterPlanning(world)
    return plans
  } finally {
    database.close()
  }
}

/** What the system does with some people, whoever writes. */
function quirks({ chance, vendor: { rules } }: World, keys: string[]): void {
  if (!chance.happens(0.6)) return
  for (const key of keys) {
    const name = matchKeyOf(key)
    if (chance.happens(0.05)) rules.poison.add(name)
    if (chance.happens(0.08)) rules.rejected.add(name)
    if (chance.happens(0.08)) rules.busy.set(name, chance.whole(1, 5))
    if (chance.happens(0.05)) rules.overridden.add(name)
  }
}

/** People do not stop working between plan and apply. */
function afterPlanning({ chance, vendor, warehouse }: World): void {
  if (!chance.happens(0.5)) return
  for (const record of vendor.living()) {
    if (chance.happens(0.1)) vendor.edit(-10, record.id, { fields: { tier: `${personal} typed since` } })
    else if (chance.happens(0.04)) vendor.edit(-10, record.id, { gone: true })
  }
  for (const key of warehouse.keys()) {
    const name = matchKeyOf(key)
    if (chance.happens(0.05) && !vendor.living().some((record) => record.key === name)) vendor.add(-10, name, { tier: 'theirs' }, 'person')
  }
}
