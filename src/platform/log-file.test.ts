import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { toFileToo } from './log-file.ts'

vi.spyOn(process.stderr, 'write').mockReturnValue(true)
const folder = mkdtempSync(join(tmpdir(), 'lockstep-log-'))
afterEach(() => vi.mocked(process.stderr.write).mockClear())

it('writes to standard error and to a file that nobody else reads, and begins a new one when it is large', () => {
  const path = join(folder, 'logs', 'main.log')
  const write = toFileToo(path, 20)
  for (const line of ['first line of log\n', 'second line\n', 'third line\n']) write(line)
  expect(process.stderr.write).toHaveBeenCalledTimes(3)
  expect(readFileSync(`${path}.1`, 'utf8')).toBe('first line of log\nsecond line\n')
  expect(readFileSync(path, 'utf8')).toBe('third line\n')
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

it('goes on when the file cannot be written', () => {
  writeFileSync(join(folder, 'taken'), '')
  mkdirSync(join(folder, 'is-a-folder.log'))
  for (const path of [join(folder, 'taken', 'main.log'), join(folder, 'is-a-folder.log')]) {
    toFileToo(path)('line\n')
    expect(process.stderr.write).toHaveBeenLastCalledWith('line\n')
  }
})
