/** A promise of the product that did not hold: the journey ends here. */
export class BrokenPromise extends Error {}

/** Prints a headline of the journey. */
export function chapter(title: string): void {
  console.log(`\n${title}`)
}

/** Prints what held. */
export function kept(words: string): void {
  console.log(`  ✓ ${words}`)
}

/** Ends the journey unless both are the same, saying what was expected and what was found. */
export function promise(words: string, expected: unknown, found: unknown): void {
  const [wanted, got] = [JSON.stringify(expected), JSON.stringify(found)]
  if (wanted !== got) throw new BrokenPromise(`${words}\n    expected ${wanted}\n    found    ${got}`)
  kept(words)
}

/** Ends the journey with the first few differences, if there are any. */
export function promiseNone(words: string, differences: string[]): void {
  if (differences.length > 0) throw new BrokenPromise(`${words}\n    found ${differences.length} differences, the first:\n${differences.slice(0, 5).map((line) => `      ${line}`).join('\n')}`)
  kept(words)
}
