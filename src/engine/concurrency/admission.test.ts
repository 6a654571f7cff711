import { expect, it } from 'vitest'
import { Admission } from './admission.ts'

/** Work that ends when it is told to. */
function work(name: string, log: string[]): { run: () => Promise<string>; end: () => void; fail: () => void } {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  return {
    run: () => {
      log.push(name)
      return promise
    },
    end: () => resolve(name),
    fail: () => reject(new Error(`${name} failed`)),
  }
}

it('lets the next in when one has ended, in the order in which they came, also when it failed', async () => {
  const log: string[] = []
  const admission = new Admission(2)
  const [one, two, three, four] = ['one', 'two', 'three', 'four'].map((name) => work(name, log)) as [ReturnType<typeof work>, ReturnType<typeof work>, ReturnType<typeof work>, ReturnType<typeof work>]
  const waited: string[] = []
  const all = [one, two, three, four].map((each, index) => admission.enter(each.run, { waits: () => waited.push(String(index)) }))
  expect(log).toEqual(['one', 'two'])
  expect(waited).toEqual(['2', '3'])
  two.fail()
  await expect(all[1]).rejects.toThrow('two failed')
  await expect.poll(() => log).toEqual(['one', 'two', 'three'])
  one.end()
  three.end()
  four.end()
  expect(await Promise.all([all[0], all[2], all[3]])).toEqual(['one', 'three', 'four'])
  // Everybody has left, so nobody waits.
  expect(await admission.enter(async () => 'five', { waits: () => waited.push('five') })).toBe('five')
  expect(waited).toEqual(['2', '3'])
})

it('lets go of who does not want to wait any longer, and never starts their work', async () => {
  const log: string[] = []
  const admission = new Admission(1)
  const [one, two, three] = ['one', 'two', 'three'].map((name) => work(name, log)) as [ReturnType<typeof work>, ReturnType<typeof work>, ReturnType<typeof work>]
  const stop = new AbortController()
  const first = admission.enter(one.run)
  const second = admission.enter(two.run, { signal: stop.signal })
  const third = admission.enter(three.run)
  stop.abort(new Error('not wanted'))
  await expect(second).rejects.toThrow('not wanted')
  await expect(admission.enter(two.run, { signal: stop.signal })).rejects.toThrow('not wanted')
  one.end()
  three.end()
  expect(await Promise.all([first, third])).toEqual(['one', 'three'])
  expect(log).toEqual(['one', 'three'])
})
