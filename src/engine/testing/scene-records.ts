import type { SceneRecord } from './identity-scene.ts'

/** Records of the scene with enough in common that every state is met. */
export function someRecords(from: number, to: number, random: () => number): SceneRecord[] {
  return Array.from({ length: to - from }, (_, at): SceneRecord => {
    const person = Math.floor(random() * 60)
    const often = <Value>(share: number, name: string, value: Value): object => (random() < share ? { [name]: value } : {})
    return { id: String(from + at), ...often(0.7, 'email', random() < 0.05 ? 'office@harbour.com' : `p${person}@harbour.com`), ...often(0.4, 'phone', `020 7946 ${1000 + Math.floor(person / 2)}`), ...often(0.3, 'loyalty', `L${person}`), ...often(0.8, 'name', `Name ${person}`) }
  })
}
