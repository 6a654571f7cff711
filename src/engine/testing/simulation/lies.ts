import type { Chance } from '../chance.ts'
import type { VendorAnswer } from './vendor-answer.ts'

/** What a system says of rows in place of what became of them. */
type Lie = (said: readonly VendorAnswer[], world: { chance: Chance; others: readonly string[] }) => VendorAnswer[]

const withIds = (said: readonly VendorAnswer[], idOf: (index: number) => string | undefined): VendorAnswer[] => {
  let index = -1
  return said.map((answer) => (answer.ok ? { ...answer, id: idOf((index += 1)) } : answer))
}

const idsOf = (said: readonly VendorAnswer[]): (string | undefined)[] => said.flatMap((answer) => (answer.ok ? [answer.id] : []))

/** Lies that leave every row in its place: a job's rows are told by theirs. */
const inPlace: Record<string, Lie> = {
  'one id for all': (said) => withIds(said, () => idsOf(said)[0]),
  'ids the wrong way round': (said) => withIds(said, (index) => idsOf(said).reverse()[index]),
  'ids of others': (said, { chance, others }) => withIds(said, () => (others.length === 0 ? undefined : chance.pick(others))),
  'no ids': (said) => withIds(said, () => undefined),
  'gave up although it was applied': (said) => said.map(({ trace }) => ({ trace, ok: false, code: 'gave up', again: true })),
}

const more: Record<string, Lie> = {
  'done and failed': (said) => [...said, ...said.map(({ trace }): VendorAnswer => ({ trace, ok: false, code: 'bad value', again: false }))],
  'failed and done': (said) => [...said.map(({ trace }): VendorAnswer => ({ trace, ok: false, code: 'bad value', again: false })), ...said],
  'twice, with another id': (said) => [...said, ...withIds(said, (index) => `another ${index}`)],
  'rows of others': (said) => [...said, ...said.map((answer) => ({ ...answer, trace: `stranger ${answer.trace}` }))],
  nothing: () => [],
}

/** A lie drawn by chance, where the system lies this time. */
export function lieOf(said: readonly VendorAnswer[], world: { chance: Chance; share: number; others: readonly string[]; inOrder: boolean }): { said: VendorAnswer[]; lie?: string } {
  if (!world.chance.happens(world.share)) return { said: [...said] }
  const lies = world.inOrder ? inPlace : { ...inPlace, ...more }
  const lie = world.chance.pick(Object.keys(lies))
  return { said: lies[lie]?.(said, world) ?? [...said], lie }
}
