import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../../contract/errors.ts'
import type { ErrorBody } from '../../contract/errors.ts'
import { nodeFiles } from '../../platform/files.ts'
import { sha256Hex } from '../values/hash.ts'
import { clusterFiles } from './cluster-files.ts'
import type { ClusteredFiles } from './cluster-files.ts'
import { identityFigures } from './figures.ts'
import { seeded } from './testing/random-people.ts'

const PROJECT = join(import.meta.dirname, '..', '..', '..')
const SAMPLES = join(PROJECT, 'samples', 'identity')
/** The large sets with ground truth; they lie beside the project where it is built, not in a clone. */
const SETS = join(PROJECT, '..', 'shared', 'identity')
const SENZING = join(import.meta.dirname, 'testing', 'senzing')

let folder: string
let number = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-cluster-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Clustering {
  records: string[]
  rules: string
  idColumn?: string
}

async function cluster({ records, rules, idColumn = 'record_id' }: Clustering): Promise<ClusteredFiles & { out: string; text: string }> {
  const out = join(folder, `clusters-${(number += 1)}.csv`)
  const clustered = await clusterFiles({ records, rules, out, idColumn }, { files: nodeFiles, ids: { next: () => `t${(number += 1)}` }, tempFolder: folder })
  return { ...clustered, out, text: readFileSync(out, 'utf8') }
}

interface Scores {
  precision: number
  recall: number
  f1: number
}

function scores(truth: string, clusters: string): Scores {
  return JSON.parse(execFileSync(process.execPath, [join(SAMPLES, 'score.mjs'), truth, clusters], { encoding: 'utf8' })) as Scores
}

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const contacts: Clustering = { records: [join(SETS, 'contacts', 'records.csv')], rules: join(SAMPLES, 'contacts.yaml') }
const senzing: Clustering = { records: ['customers', 'reference', 'watchlist'].map((name) => join(SENZING, `${name}.csv`)), rules: join(SAMPLES, 'senzing.yaml'), idColumn: 'DATA_SOURCE:RECORD_ID' }

const withSets = existsSync(SETS)
if (!withSets) console.log('The contacts and febrl sets are not here, so their scores are not tested.')

/** The febrl records without the column that nobody may use. */
function febrl(): Clustering {
  const [head = '', ...rows] = readFileSync(join(SETS, 'febrl3', 'records.csv'), 'utf8').trim().split('\n')
  const at = head.split(',').indexOf('soc_sec_id')
  const hidden = [head, ...rows].map((row) => row.split(',').filter((_, place) => place !== at).join(','))
  return { records: [file('febrl.csv', `${hidden.join('\n')}\n`)], rules: join(SAMPLES, 'febrl.yaml') }
}

/** Precision and recall of each rule: of the pairs it joined, those that are right; of all right pairs, those it joined. */
function byRule(truthFile: string, clustersFile: string): string[] {
  const rows = (path: string) => readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1).map((row) => row.split(','))
  const truth = new Map(rows(truthFile).map(([record = '', entity = '']) => [record, entity]))
  const clusters = Map.groupBy(rows(clustersFile), ([, entity]) => entity)
  const joined = new Map<string, { right: number; all: number }>()
  for (const members of clusters.values()) {
    members.forEach(([one = '', , rule = ''], at) => {
      const others = members.slice(0, at).map(([other = '']) => truth.get(other) === truth.get(one))
      const counts = joined.get(rule) ?? { right: 0, all: 0 }
      joined.set(rule, { right: counts.right + others.filter(Boolean).length, all: counts.all + others.length })
    })
  }
  const real = [...Map.groupBy(truth, ([, entity]) => entity).values()].reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0)
  return [...joined].filter(([, { all }]) => all > 0).map(([rule, { right, all }]) => `  ${rule}: precision ${((100 * right) / all).toFixed(1)}, of all true pairs ${((100 * right) / real).toFixed(1)}`)
}

/** Recall against the ceiling: of the pairs that agree in some exact key, through others too, those that were joined. */
function reached(truthFile: string, clustersFile: string): number {
  const rows = (path: string) => readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1).map((row) => row.split(','))
  const entities = new Map(rows(clustersFile).map(([record = '', entity = '']) => [record, entity]))
  const pairs = (sizes: Iterable<number>) => [...sizes].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
  const groups = [...Map.groupBy(rows(truthFile), ([, , reachable]) => reachable).values()]
  const joined = groups.flatMap((group) => [...Map.groupBy(group, ([record = '']) => entities.get(record)).values()].map(({ length }) => length))
  return (100 * pairs(joined)) / pairs(groups.map(({ length }) => length))
}

function report(name: string, truth: string, out: string): Scores {
  const found = scores(truth, out)
  console.log([`${name}: precision ${found.precision}, recall ${found.recall}, F1 ${found.f1}`, ...byRule(truth, out)].join('\n'))
  return found
}

describe('the rule files that come with Lockstep', () => {
  it.runIf(withSets)('find people in four systems', async () => {
    const { out } = await cluster(contacts)
    const truth = join(SETS, 'contacts', 'truth.csv')
    const found = report('contacts', truth, out)
    console.log(`  of the pairs that exact keys can reach: ${reached(truth, out).toFixed(1)}`)
    expect(found.precision).toBeGreaterThanOrEqual(99.5)
    expect(found.f1).toBeGreaterThanOrEqual(83)
  })

  it.runIf(withSets)('find people in a register with slips', async () => {
    const { out } = await cluster(febrl())
    const found = report('febrl3 without soc_sec_id', join(SETS, 'febrl3', 'truth.csv'), out)
    expect(found.precision).toBeGreaterThanOrEqual(99.9)
    expect(found.f1).toBeGreaterThanOrEqual(97)
  })

  it('find people and organisations of three lists', async () => {
    const { out } = await cluster(senzing)
    const found = report('senzing', join(SENZING, 'truth.csv'), out)
    expect(found.precision).toBeGreaterThanOrEqual(97)
    expect(found.f1).toBeGreaterThanOrEqual(92)
  })
})

describe('protocol', () => {
  it('gives the same bytes for 20 shuffles of rows, columns and files', async () => {
    const wanted = (await cluster(senzing)).text
    for (let shuffle = 1; shuffle <= 20; shuffle += 1) {
      const random = seeded(shuffle)
      const records = shuffled(senzing.records, random).map((path) => shuffledFile(path, random))
      expect((await cluster({ ...senzing, records })).text).toBe(wanted)
    }
  })

  it.runIf(withSets)('gives the same bytes for shuffles of a larger set', async () => {
    const wanted = (await cluster(contacts)).text
    for (let shuffle = 1; shuffle <= 3; shuffle += 1) {
      const random = seeded(shuffle)
      expect((await cluster({ ...contacts, records: contacts.records.map((path) => shuffledFile(path, random)) })).text).toBe(wanted)
    }
  })

  it.each([
    ['email', 'test@test.com'],
    ['email', 'anonymous'],
    ['phone', '0000000000'],
    ['device_id', '00000000-0000-0000-0000-000000000000'],
    ['device_id', 'user_null'],
    ['crm_id', 'null'],
    ['crm_id', '-1'],
  ])('makes no key of %s %s', async (column, value) => {
    const records = file('junk.csv', `record_id,country,${column}\na,US,${value}\nb,US,${value}\nc,US,${value}\n`)
    expect(members((await cluster({ ...contacts, records: [records] })).text)).toEqual(['a', 'b', 'c'])
  })

  it.each([
    ['email', 'ann@harbour.com'],
    ['phone', '+12125550123'],
    ['device_id', 'B1598B07-F81C-4D9A-B919-F529AF25DF00'],
  ])('holds a %s that two strong ids share back, and says that it is ambiguous', async (column, value) => {
    const rules = file(`share-${column}.yaml`, `name: T\nkeys:\n  crm id: { strong: true, from: { column: crm_id } }\n  shared: { from: { column: ${column}, as: ${column === 'device_id' ? 'device' : column} } }\nrules:\n  - { name: shared, keys: [shared] }\n`)
    const records = file('shared.csv', `record_id,crm_id,${column}\na,C1,${value}\nb,C2,${value}\nc,,${value}\n`)
    const { text } = await cluster({ records: [records], rules })
    expect(members(text)).toEqual(['a', 'b', 'c'])
    expect(text.match(/,true$/gm)).toHaveLength(3)
  })

  it('keeps dot twins apart, but for Gmail', async () => {
    const records = file('dots.csv', 'record_id,country,email\na,US,jane.doe@harbour.com\nb,US,janedoe@harbour.com\nc,US,jane.doe@gmail.com\nd,US,janedoe+x@googlemail.com\n')
    expect(members((await cluster({ ...contacts, records: [records] })).text)).toEqual(['a', 'b', 'c d'])
  })
})

it('tells the values of one record apart, also where no other record is smaller', async () => {
  const rules = file('words.yaml', 'name: T\nkeys:\n  word: { from: { column: name, as: name, words: each } }\n  postcode: { from: { column: postcode } }\nrules:\n  - { name: word and postcode, keys: [word, postcode] }\n')
  const records = file('words.csv', 'record_id,name,postcode\na,Lee Ray,1001\nb,Lee,2002\nc,Ray,2002\nd,Ray,1001\n')
  expect(members((await cluster({ records: [records], rules })).text)).toEqual(['a d', 'b', 'c'])
})

describe('figures', () => {
  it('add up, each with its counts', async () => {
    const { rules, keys, result } = await cluster(senzing)
    const { records, entities, linkedShare, unlinked, duplication, ambiguous, keys: byKey, rules: ruleFigures } = identityFigures(rules.definition, keys, result)
    expect(records).toBe(159)
    expect(linkedShare.numerator + unlinked.numerator).toBe(159)
    expect(duplication).toMatchObject({ numerator: 159 - entities, denominator: 159 })
    expect(ambiguous.numerator).toBeGreaterThan(0)
    for (const { match, ambiguous: held, unmatched, valid } of byKey) expect(match.numerator + held.numerator + unmatched.numerator).toBe(valid.numerator)
    expect(ruleFigures.reduce((sum, { merged }) => sum + merged, 0)).toBe(159 - entities)
  })

  it('have no value without a denominator', async () => {
    const { rules, keys, result } = await cluster({ ...contacts, records: [file('bare.csv', 'record_id,email\na,\n')] })
    expect(identityFigures(rules.definition, keys, result).keys[0]?.match).toEqual({ numerator: 0, denominator: 0, value: null })
  })
})

describe('who is kept apart', () => {
  const contactFile = (name: string, ...rows: string[]): string[] => [file(name, `record_id,country,email,phone,first_name,last_name,dob,postcode\n${rows.join('\n')}\n`)]

  it('father and son of one name, address and number, born on different days', async () => {
    const records = contactFile('father.csv', 'f,GB,lee@harbour.com,020 7946 0001,Ann,Lee,1950-02-03,E1 6AN', 's,GB,lee@harbour.com,020 7946 0001,Ann,Lee,1980-04-05,E1 6AN')
    expect(members((await cluster({ records, rules: contacts.rules })).text)).toEqual(['f', 's'])
  })

  it.each([
    ['plain, by its hash', sha256Hex('info@shop.com')],
    ['plain, by its hash in capitals', sha256Hex('info@shop.com').toUpperCase()],
    ['hashed, by its plain value', 'info@shop.com'],
    ['hashed, by another spelling of it', ' INFO@Shop.com '],
  ])('a value that is blocked, %s', async (_, blocked) => {
    const hash = sha256Hex('info@shop.com')
    const records = [file('blocked.csv', `record_id,email,email_sha256\na,info@shop.com,\nb,Info@shop.com,\nc,,${hash}\nd,ann@shop.com,\ne,,${sha256Hex('ann@shop.com')}\n`)]
    const rules = file(
      'blocked.yaml',
      `name: T\nkeys:\n  email:\n    blocked: ['${blocked}']\n    from: [{ column: email, as: email }, { column: email_sha256, as: hashed email }]\nrules:\n  - { name: email, keys: [email] }\n`,
    )
    expect(members((await cluster({ records, rules })).text)).toEqual(['a', 'b', 'c', 'd e'])
  })
})

describe('a common word that holds together more than one entity may have', () => {
  const rulesWith = (blocked: string): string =>
    file('words.yaml', `name: T\nlargestEntity: 4\nkeys:\n  word:\n    ${blocked}from: { column: name, as: name, words: each }\nrules:\n  - { name: word, keys: [word] }\n`)
  const rows = ['a,Abt Brand', 'b,Abt Brand', 'c,Abt Holding', 'd,Dorn Eber', 'e,Dorn Eber', 'f,Dorn Holding', 'g,Holding Zorn']
  const bridges = async (order: readonly string[], blocked = '') => {
    const { text, bridges: named } = await cluster({ records: [file('words.csv', `record_id,name\n${order.join('\n')}\n`)], rules: rulesWith(blocked) })
    return { named, members: members(text) }
  }

  it('is named with how many records have it, whatever their order, and blocked lets the others be joined', async () => {
    const found = await bridges(rows)
    expect(found).toEqual({ named: [[{ key: 'word', value: 'holding', records: 3 }]], members: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] })
    expect(await bridges([...rows].reverse())).toEqual(found)
    expect(await bridges(rows, 'blocked: [holding]\n    ')).toEqual({ named: [[]], members: ['a b c', 'd e f', 'g'] })
  })
})

describe('bad input is named and nothing is written', () => {
  const good = 'name: T\nkeys:\n  email:\n    from: { column: email, as: email }\nrules:\n  - { name: email, keys: [email] }\n'
  const failure = async (given: { records?: string; rules?: string; idColumn?: string }): Promise<ErrorBody & { kind: string }> => {
    const records = [file('given.csv', given.records ?? 'record_id,email\na,x@y.org\n')]
    const rules = file('given.yaml', given.rules ?? good)
    const failed = await cluster({ records, rules, ...(given.idColumn === undefined ? {} : { idColumn: given.idColumn }) }).catch((error: unknown) => error)
    if (!(failed instanceof AppError)) throw new Error('it did not fail')
    return { ...failed.toBody(), kind: failed.kind }
  }

  it.each([
    ['an unknown form', { rules: good.replace('as: email', 'as: emial') }, { file: /given\.yaml$/, line: 4, field: 'keys.email.from.as', value: 'emial' }],
    ['an unknown key in a rule', { rules: good.replace('keys: [email]', 'keys: [mail]') }, { line: 6, field: 'rules.0.keys.0', value: 'mail' }],
    ['an unknown field', { rules: `${good}clusterSize: 4\n` }, { line: 7, field: 'clusterSize' }],
    ['a source that no file is', { rules: good.replace('as: email', 'as: email, sources: [nosuchfile]') }, { file: /given\.yaml$/, line: 4, field: 'keys.email.from.sources.0', value: 'nosuchfile', next: 'There is: given.' }],
    ['a column that no file has', { rules: good.replace('column: email', 'column: e_mail') }, { line: 4, field: 'keys.email.from.column', value: 'e_mail' }],
    ['broken YAML', { rules: 'name: [\n' }, { file: /given\.yaml$/, line: 2 }],
    ['no id column', { records: 'id,email\na,x@y.org\n' }, { file: /given\.csv$/, field: 'id-column', value: 'record_id' }],
    ['half an id column', { idColumn: 'record_id:source' }, { file: /given\.csv$/, value: 'source' }],
    ['one id twice', { records: 'record_id,email\na,x@y.org\na,z@y.org\n' }, { file: /given\.csv$/, field: 'record_id', value: 'a' }],
    ['a record without an id', { records: 'record_id,email\na,x@y.org\n,z@y.org\n' }, { file: /given\.csv$/, field: 'record_id' }],
    ['an empty file', { records: '' }, { file: /given\.csv$/, line: 1 }],
    ['none of the columns', { rules: good.replace('as: email', 'as: email, optional: true'), records: 'record_id,mail\na,x@y.org\n' }, { file: /given\.yaml$/, field: 'keys' }],
    ['a line with too many values', { records: 'record_id,email\na,x@y.org,1\n' }, { file: /given\.csv$/, line: 2 }],
  ])('%s', async (_, given, expected) => {
    const { file: place, ...rest } = expected as { file?: RegExp }
    const failed = await failure(given)
    expect(failed).toMatchObject({ kind: 'input', next: expect.any(String), ...rest })
    if (place) expect(failed.file).toMatch(place)
  })

  it('a file that is not there, and one that would be written over', async () => {
    await expect(cluster({ records: [join(folder, 'none.csv')], rules: senzing.rules })).rejects.toMatchObject({ code: 'bad-input', place: { file: join(folder, 'none.csv') } })
    const records = file('self.csv', 'record_id\na\n')
    await expect(clusterFiles({ records: [records], rules: senzing.rules, out: records, idColumn: 'record_id' }, { files: nodeFiles, ids: { next: () => 'x' }, tempFolder: folder })).rejects.toMatchObject({ code: 'bad-input' })
  })
})

/** Who is with whom, one line an entity. */
function members(text: string): string[] {
  const rows = text.trim().split('\n').slice(1).map((row) => row.split(','))
  return [...Map.groupBy(rows, ([, entity]) => entity).values()].map((group) => group.map(([record]) => record).join(' ')).sort()
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items.map((item) => ({ item, at: random() })).sort((one, other) => one.at - other.at).map(({ item }) => item)
}

/** The same records in another order of rows and of columns, under the same name. */
function shuffledFile(path: string, random: () => number): string {
  const [head = [], ...rows] = readFileSync(path, 'utf8').trim().split(/\r?\n/).map(splitCsv)
  const order = shuffled(head.map((_, at) => at), random)
  const text = [head, ...shuffled(rows, random)].map((row) => order.map((at) => row[at]).join(',')).join('\n')
  const target = join(folder, `shuffled-${(number += 1)}`)
  return file(`${target.split('/').at(-1) ?? ''}.csv`, `${text}\n`)
}

/** Values as they are written, with their quotes. */
function splitCsv(line: string): string[] {
  return [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map(([, value = '']) => value)
}
