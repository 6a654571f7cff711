import { expect, it } from 'vitest'
import { AppError } from '../../../contract/errors.ts'
import { asStorageFailure } from '../../storage/database.ts'
import { explainFailure } from '../../sources/source-errors.ts'
import { isDiskFull } from './disk-space.ts'

const refused = (code: string): Error => Object.assign(new Error(`${code}: refused`), { code })

it.each(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE'])('waits for room at %s, and says the same before a start', (code) => {
  expect(isDiskFull(refused(code))).toBe(true)
  expect(asStorageFailure(refused(code))).toMatchObject({ code: 'storage-failed', message: expect.stringContaining('no room left on the disk'), place: { retryable: true } })
})

it.each(['IO Error: Could not write file "x": No space left on device', 'IO Error: Could not write to file "x": File too large', 'IO Error: Cannot open file "x": Read-only file system', 'IO Error: Disk quota exceeded'])('knows what DuckDB says: %s', (text) => {
  const failure = explainFailure(new Error(text), 'Reading the product')
  expect(failure).toBeInstanceOf(AppError)
  expect(failure).toMatchObject({ code: 'storage-failed', place: { next: expect.stringContaining('Free some space') } })
  expect(isDiskFull(failure)).toBe(true)
})
