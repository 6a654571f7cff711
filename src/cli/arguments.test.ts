import { describe, expect, it } from 'vitest'
import { AppError } from '../contract/errors.ts'
import { commandsUnder, findCommand, readWords, takeGlobalOptions, usageLine } from './arguments.ts'
import { type Command, flag, text, wholeNumber } from './command.ts'

function command(path: string[], words: string[] = [], options: Command['options'] = {}): Command {
  return { path, words, options, summary: '', run: () => Promise.resolve({ json: {}, text: '' }) }
}

const plan = command(['plan'], ['activation'], { limit: wholeNumber('N'), keys: text('a,b') })
const list = command(['review', 'list'], ['plan'])
const resolve = command(['review', 'resolve'], ['plan'], { all: flag, take: text('T') })
const source = command(['source', 'test'], ['source?'])
const link = command(['identity', 'link'], ['record', 'record…'])
const split = command(['identity', 'split'], ['record…?'])
const commands = [plan, list, resolve, source]

function messageOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return `${error.code}: ${error.message} ${error.place.next ?? ''}`
    throw error
  }
  return 'nothing was refused'
}

describe('words that may stand anywhere', () => {
  it.each([
    [['-w', 'dir', 'plan', 'x', '--json']],
    [['plan', '--json', 'x', '-w', 'dir']],
    [['plan', 'x', '--workspace', 'dir', '--json']],
    [['--json', 'plan', '--workspace=dir', 'x']],
  ])('%j', (words) => {
    expect(takeGlobalOptions(words)).toEqual({ workspace: 'dir', json: true, help: false, rest: ['plan', 'x'] })
  })

  it('refuses -w without a folder', () => {
    expect(messageOf(() => takeGlobalOptions(['plan', '-w']))).toContain('bad-usage: -w needs a folder')
  })
})

describe('finding the command', () => {
  it('takes the longest name that fits, and leaves the words after it', () => {
    expect(findCommand(commands, ['review', 'list', 'abc'])).toEqual({ command: list, rest: ['abc'] })
  })

  it('names the others of a group', () => {
    expect(messageOf(() => findCommand(commands, ['review', 'lsit']))).toContain('There is: review list, review resolve.')
  })

  it('shows the help of a group or of all', () => {
    expect(commandsUnder(commands, ['review'])).toEqual([list, resolve])
    expect(commandsUnder(commands, ['review', 'list'])).toEqual([list])
    expect(commandsUnder(commands, [])).toEqual(commands)
  })
})

describe('words and options of a command', () => {
  it('reads them in any order and both ways of writing a value', () => {
    const expected = { words: ['x'], options: { limit: 10, keys: 'a,b' } }
    expect(readWords(plan, ['--limit', '10', 'x', '--keys=a,b'])).toEqual(expected)
    expect(readWords(plan, ['x', '--limit=10', '--keys', 'a,b'])).toEqual(expected)
    expect(readWords(resolve, ['p', '--all', '--take', '-1'])).toEqual({ words: ['p'], options: { all: true, take: '-1' } })
    expect(readWords(source, [])).toEqual({ words: [], options: {} })
    expect(readWords(link, ['a', 'b', 'c'])).toEqual({ words: ['a', 'b', 'c'], options: {} })
    expect(readWords(split, [])).toEqual({ words: [], options: {} })
    expect([usageLine(link), usageLine(split)]).toEqual(['identity link <record> <record> …', 'identity split [record] …'])
  })

  it.each([
    [plan, [], '<activation> is missing'],
    [link, ['a'], '<record> is missing'],
    [plan, ['x', 'y'], '“y” is one word too many'],
    [plan, ['x', '--limt', '3'], 'it does not know --limt'],
    [plan, ['x', '-l', '3'], 'it does not know -l'],
    [plan, ['x', '--limit', 'ten'], '--limit takes a whole number, not “ten”'],
    [plan, ['x', '--limit'], '--limit needs a value'],
    [plan, ['x', '--limit', '1', '--limit', '2'], '--limit was given twice'],
    [resolve, ['x', '--all=yes'], '--all takes no value'],
  ])('refuses what it cannot mean (%#)', (which, words, says) => {
    const message = messageOf(() => readWords(which, words))
    expect(message).toContain(says)
    expect(message).toContain(`Use: lockstep ${usageLine(which)}`)
  })
})
