/** A stretch of text that stayed, went or came. */
export type TextPart = { kind: 'same' | 'old' | 'new'; text: string }

const MOST_WORDS = 400

function words(text: string): string[] {
  return text.match(/\s+|[^\s]+/gu) ?? []
}

/** Length of the longest common run of words from each pair of positions to the end. */
function commonLengths(before: readonly string[], after: readonly string[]): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0))
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const below = lengths[i + 1]?.[j] ?? 0
      const right = lengths[i]?.[j + 1] ?? 0
      const row = lengths[i]
      if (row !== undefined) row[j] = before[i] === after[j] ? (lengths[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(below, right)
    }
  }
  return lengths
}

/** Word by word: what stayed, what went, what came. Very long texts are taken as a whole. */
export function diffText(before: string, after: string): TextPart[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }]
  const old = words(before)
  const fresh = words(after)
  if (old.length > MOST_WORDS || fresh.length > MOST_WORDS) return join([{ kind: 'old', text: before }, { kind: 'new', text: after }])
  const lengths = commonLengths(old, fresh)
  const parts: TextPart[] = []
  let i = 0
  let j = 0
  while (i < old.length || j < fresh.length) {
    const left = old[i]
    const right = fresh[j]
    if (left !== undefined && left === right) {
      parts.push({ kind: 'same', text: left })
      i++
      j++
    } else if (right === undefined || (left !== undefined && (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0))) {
      parts.push({ kind: 'old', text: left ?? '' })
      i++
    } else {
      parts.push({ kind: 'new', text: right })
      j++
    }
  }
  return join(parts)
}

function join(parts: readonly TextPart[]): TextPart[] {
  const joined: TextPart[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (part.text === '') continue
    if (last?.kind === part.kind) last.text += part.text
    else joined.push({ ...part })
  }
  return joined
}
