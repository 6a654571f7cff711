/** One setting on which two versions of a definition disagree. */
export interface Difference {
  /** Where it stands, in words: "fields › tier › authority". */
  where: string
  mine: string | undefined
  theirs: string | undefined
}

/** What two versions of a definition say differently, in reading order. */
export function differences(mine: unknown, theirs: unknown): Difference[] {
  const left = flat(mine)
  const right = flat(theirs)
  const places = [...new Set([...left.keys(), ...right.keys()])]
  return places
    .filter((place) => left.get(place) !== right.get(place))
    .map((place) => ({ where: place, mine: left.get(place), theirs: right.get(place) }))
}

function flat(value: unknown, path: string[] = [], found = new Map<string, string>()): Map<string, string> {
  if (value === undefined || value === null) return found
  if (Array.isArray(value)) {
    if (value.every((part) => typeof part !== 'object' || part === null)) found.set(path.join(' › '), value.map(String).join(', '))
    else value.forEach((part, index) => flat(part, [...path, nameOf(part) ?? String(index + 1)], found))
  } else if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) flat(inner, [...path, key], found)
  } else found.set(path.join(' › '), String(value))
  return found
}

/** Parts of a list are known by what they are about, so that moving one is not a difference. */
function nameOf(part: unknown): string | undefined {
  if (part === null || typeof part !== 'object') return undefined
  for (const key of ['to', 'column', 'name']) {
    const name = (part as Record<string, unknown>)[key]
    if (typeof name === 'string') return name
  }
  return undefined
}
