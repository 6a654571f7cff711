import { beforeEach, expect, it, vi } from 'vitest'
import type * as keysTaken from './keys-taken.ts'

let taken: typeof keysTaken
beforeEach(async () => {
  vi.resetModules()
  taken = await import('./keys-taken.ts')
})

/** Who takes the letters of a text, typed one after the other; `commands` are the keys of the screen. */
function type(text: string, commands: string, from = 1000): string[] {
  return [...text].map((key, at) => taken.takerOf({ key, ctrlKey: false, metaKey: false, altKey: false, timeStamp: from + at * 60 }, commands.includes(key)))
}

it('gives single keys to the screen, as fast as they are pressed', () => {
  expect(type('jjjkl', 'jkl')).toEqual(['command', 'command', 'command', 'command', 'command'])
})

it('takes no letter out of the middle of a word for a command', () => {
  // The reason that once became a decision: "different people" pressed F, and "erent people" was its reason.
  expect(new Set(type('different people', 'jklnsf').slice(1))).toEqual(new Set(['nobody']))
  expect(type('f', 'f', 9000)).toEqual(['command'])
})

it('lets nobody have a key while an act is under way, nor the rest of the word after it', async () => {
  let over = (): void => {}
  const act = taken.whileActing(() => new Promise<void>((resolve) => (over = resolve)))
  expect(type('jkf', 'jkf')).toEqual(['nobody', 'nobody', 'nobody'])
  expect(taken.takerOf({ key: 'z', ctrlKey: true, metaKey: false, altKey: false, timeStamp: 1200 }, true)).toBe('nobody')
  over()
  await act
  expect(type('ff', 'f', 1250)).toEqual(['nobody', 'nobody'])
  expect(type('f', 'f', 5000)).toEqual(['command'])
  await expect(taken.whileActing(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
  expect(type('f', 'f', 9000)).toEqual(['command'])
})

it('keeps what is typed for the form that opens, from its key on, also while an act is under way', async () => {
  taken.awaitForm(990)
  expect(type('not hers', 'jklnsf')).toEqual(Array.from({ length: 8 }, () => 'form'))
  expect(taken.claimTyped()).toBe('not hers')
  expect(taken.claimTyped()).toBe('')
  expect(type('f', 'f', 9000)).toEqual(['command'])
})

it('forgets a form that never came', () => {
  taken.awaitForm(0)
  expect(type('f', 'f', 5000)).toEqual(['command'])
  expect(taken.claimTyped()).toBe('')
})
