import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvPieces, csvRows } from './csv.ts'

const what = { name: 'Acme', what: 'reading results' }

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const row of rows) found.push(row)
  return found
}

describe('CSV of uploads and results', () => {
  it('comes back as it was written, wherever its pieces are cut', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 }), { maxLength: 6 }), fc.integer({ min: 1, max: 7 }), async (rows, size) => {
        const text = (await all(csvPieces(rows))).join('')
        expect(await all(csvRows(inPieces(Buffer.from(text), size), what))).toEqual(rows)
      }),
    ))

  it('is read with other line ends, a mark at its beginning and no end of line at its last', async () => {
    expect(await all(csvRows(inPieces(Buffer.from('\uFEFFid,"na""me"\r\n1,"a\nb"\r2,'), 3), what))).toEqual([['id', 'na"me'], ['1', 'a\nb'], ['2', '']])
  })

  it.each([
    ['that ends within a cell', Buffer.from('id\n"1')],
    ['that is no text', Buffer.from([0x69, 0xff, 0xfe])],
    ['whose cell has no end', Buffer.from(`"${'x'.repeat(1_100_000)}`)],
  ])('%s is refused with who said it', async (_what, bytes) => {
    await expect(all(csvRows(inPieces(bytes, 65_536), what))).rejects.toMatchObject({ code: 'destination-refused', message: 'Acme answered in a form that is not understood while reading results.' })
  })
})
