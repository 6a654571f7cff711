import { expect, test } from 'vitest'
import { csvLine } from './safe-csv.ts'

test.each([
  ['=1+1', `"'=1+1"`],
  ['+49 170 1', `"'+49 170 1"`],
  ['-2', `"'-2"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['  =1', `"'  =1"`],
  ['\n=1', `"'\n=1"`],
  ['\t1', `"'\t1"`],
  ['\r1', `"'\r1"`],
  ['\u0000=1', `"'=1"`],
  ['＝1', `"'＝1"`],
  ['a "quoted", value', '"a ""quoted"", value"'],
  ['plain', '"plain"'],
  [-2, '-2'],
  [true, 'true'],
  [null, ''],
])('%j becomes %s', (cell, text) => {
  expect(csvLine([cell])).toBe(`${text}\r\n`)
})
