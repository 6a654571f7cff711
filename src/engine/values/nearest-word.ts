/** The known word closest to what was typed, if it is close enough to be what was meant. */
export function nearestWord(typed: string, known: readonly string[]): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(typed.length / 2))
  for (const word of known) {
    const distance = wordDistance(typed.toLowerCase(), word.toLowerCase())
    if (distance <= bestDistance && (best === undefined || distance < bestDistance)) {
      best = word
      bestDistance = distance
    }
  }
  return best
}

/** "Did you mean 'authority'?", else the words that are known, else nothing. */
export function suggestWord(typed: string, known: readonly string[]): string | undefined {
  const near = nearestWord(typed, known)
  if (near !== undefined) return `Did you mean '${near}'?`
  return known.length === 0 || known.length > 30 ? undefined : `Known here: ${known.join(', ')}.`
}

/** A word of which the beginning or the end was left off is as near as one with a slip. */
function wordDistance(typed: string, word: string): number {
  const partOf = typed.length >= 4 && (word.startsWith(typed) || word.endsWith(typed))
  return partOf ? 1 : editDistance(typed, word)
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function editDistance(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= left.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= right.length; j += 1) {
      const same = left[i - 1] === right[j - 1]
      const options = [at(rows, i - 1, j) + 1, (row[j - 1] ?? 0) + 1, at(rows, i - 1, j - 1) + (same ? 0 : 1)]
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) options.push(at(rows, i - 2, j - 2) + 1)
      row.push(Math.min(...options))
    }
    rows.push(row)
  }
  return at(rows, left.length, right.length)
}

function at(rows: readonly number[][], row: number, column: number): number {
  return rows[row]?.[column] ?? 0
}
