import { describe, expect, it } from 'vitest'
import { PageWatch } from './pages.ts'

const watch = (most?: number) => new PageWatch({ name: 'Sample CRM', what: 'looking for changed contacts', ...(most === undefined ? {} : { most }) })

/** How many pages are read of a list that has no end. */
function pagesUntilRefused(one: PageWatch, page: (index: number) => { cursor: string; ids: string[] }): number {
  for (let index = 0; index < 10_000; index += 1) {
    const { cursor, ids } = page(index)
    try {
      one.goesOn(cursor, ids)
    } catch (error) {
      expect(error).toMatchObject({ code: 'destination-refused', message: expect.stringContaining('Sample CRM does not come to an end') as string })
      return index + 1
    }
  }
  return Number.POSITIVE_INFINITY
}

describe('a list of pages that has no end', () => {
  it.each([
    ['the same cursor for ever', (index: number) => ({ cursor: 'a', ids: [`r${index}`] }), 10],
    ['a circle of cursors', (index: number) => ({ cursor: `c${index % 37}`, ids: [`r${index}`] }), 200],
    ['the same page for ever', (index: number) => ({ cursor: `c${index}`, ids: ['r1', 'r2'] }), 30],
    ['empty pages for ever', (index: number) => ({ cursor: `c${index}`, ids: [] }), 30],
  ])('%s', (_what, page, most) => {
    expect(pagesUntilRefused(watch(), page)).toBeLessThan(most)
  })

  it('more pages than there can be', () => {
    expect(pagesUntilRefused(watch(500), (index) => ({ cursor: `c${index}`, ids: [`r${index}`] }))).toBe(500)
  })

  it('is not one that is only long, or has some empty pages', () => {
    const long = watch()
    for (let index = 0; index < 5000; index += 1) long.goesOn(`c${index}`, index % 15 === 0 ? [`r${index}`] : [])
  })
})
