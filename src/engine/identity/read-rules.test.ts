import { describe, expect, it } from 'vitest'
import { AppError } from '../../contract/errors.ts'
import { memoryFiles } from '../testing/memory-files.ts'
import { readRules, resolveKeys } from './read-rules.ts'

/** What a rule file is refused with. */
async function refusal(text: string): Promise<AppError> {
  const read = readRules('/rules.yaml', memoryFiles({ '/rules.yaml': text }))
  const error: unknown = await read.then(() => undefined, (cause: unknown) => cause)
  if (!(error instanceof AppError)) throw new Error(`the file was not refused: ${String(error)}`)
  return error
}

const said = (error: AppError): string => JSON.stringify(error.toBody())

const PEOPLE = ['Ann Lee', 'ann@harbour.com', '+44 7700 900123', 'Bob', 'bob@harbour.com', '1978-12-11']

describe('a file of records given as rules', () => {
  it.each([
    ['commas', 'id,name,email\n1,Ann Lee,ann@harbour.com\n2,Bob,bob@harbour.com\n'],
    ['semicolons', 'id;name;email\n1;Ann Lee;ann@harbour.com\n'],
    ['tabs', 'id\tname\temail\n1\tAnn Lee\tann@harbour.com\n'],
    ['no header', 'Ann Lee,ann@harbour.com,+44 7700 900123\nBob,bob@harbour.com,1978-12-11\n'],
    ['quotes', '"Ann Lee","ann@harbour.com"\n"Bob","bob@harbour.com"\n'],
    ['quotes and a colon', 'id,note\n1,"Ann Lee: ann@harbour.com"\n2,"Bob: bob@harbour.com"\n'],
    ['colons', 'Ann Lee: ann@harbour.com\nBob: bob@harbour.com\n'],
    ['colons and times', 'id,at\n1,Ann Lee 12: 30\n'],
    ['one line', 'Ann Lee ann@harbour.com'],
    ['a star', '*Ann Lee, ann@harbour.com\n'],
    ['an address first', '@ann@harbour.com,Ann Lee\n'],
    ['a percent sign', '%Ann Lee,ann@harbour.com\n'],
    ['a brace', '{Ann Lee: [ann@harbour.com\n'],
    ['JSON records', '[{"name": "Ann Lee", "email": "ann@harbour.com"}]'],
    ['a JSON record', '{"name": {"Ann Lee": "ann@harbour.com"}, "keys": "Ann Lee ann@harbour.com Bob bob@harbour.com 1978-12-11 and more", "rules": []}'],
    ['lines of JSON', '{"name": "Ann Lee"}\n{"name": "Bob"}\n'],
    ['records as keys', 'name: T\nkeys:\n  "Ann Lee <ann@harbour.com>": { from: { column: a } }\nrules: []\n'],
    ['twice the same', 'Ann Lee: 1\nAnn Lee: 2\n'],
    ['nothing readable', 'PK\u0003\u0004\u0000\u0000Ann Lee\u0000ann@harbour.com'],
    ['a vCard', 'BEGIN:VCARD\nFN:Ann Lee\nEMAIL:ann@harbour.com\nEND:VCARD\n'],
  ])('with %s is refused without a word of any record', async (_, text) => {
    const error = await refusal(text)
    for (const person of PEOPLE) expect(said(error)).not.toContain(person)
    expect(error.place.file).toBe('/rules.yaml')
    expect(error.place.next).toBeTruthy()
    expect(error.message.length).toBeLessThan(240)
  })

  it('is told by the form of its first line', async () => {
    expect((await refusal('id,name,email\n1,Ann Lee,ann@harbour.com\n')).message).toBe('The file is no group of fields: its first line has 3 values between commas, as a table has.')
  })
})

/** Rules of one key with these words in its part. */
const ruleFile = (part: string, more = ''): string => `name: T\n${more}keys:\n  email:\n    from: { column: email, ${part} }\nrules:\n  - { name: email, keys: [email] }\n`

describe('what says nothing', () => {
  it.each([
    ['as: email, sound: true', 'sound', 'true'],
    ['as: email, words: sorted', 'words', 'sorted'],
    ['as: email, order: day first', 'order', 'day first'],
    ['as: email, country: country', 'country', 'country'],
    ['as: email, defaultCountry: GB', 'defaultCountry', 'GB'],
    ['as: email, formal: true', 'formal', 'true'],
    ['as: email, earliest: 1900-01-01', 'earliest', '1900-01-01'],
    ['as: hashed phone, country: country', 'country', 'country'],
    ['as: phone, order: any', 'order', 'any'],
    ['as: code, sound: true', 'sound', 'true'],
    ['as: date, words: each', 'words', 'each'],
    ['as: street, sound: true', 'sound', 'true'],
    ['as: postcode, country: country', 'country', 'country'],
    ['as: organisation, formal: true', 'formal', 'true'],
    ['as: hashed email, first: 8', 'first', '8'],
    ['as: generation, sound: true', 'sound', 'true'],
    ['as: name, first: 2, last: 3', 'last', '3'],
    ['as: date, earliest: 2000-01-01, latest: 1990-01-01', 'latest', '1990-01-01'],
  ])('%s is refused by name', async (part, option, value) => {
    const error = await refusal(ruleFile(part))
    expect(error.toBody()).toMatchObject({ file: '/rules.yaml', line: 4, field: `keys.email.from.${option}`, value })
    expect(error.place.next).toBeTruthy()
  })

  it('names the right words, and the nearest one', async () => {
    expect((await refusal(ruleFile('as: email, sound: true'))).toBody()).toMatchObject({ message: "'sound' says nothing about a value that is read as: email.", next: expect.stringContaining('given name') as string })
    expect((await refusal(ruleFile('as: emial'))).toBody()).toMatchObject({ field: 'keys.email.from.as', value: 'emial', next: "Did you mean 'email'?" })
    expect((await refusal(ruleFile('as: email, soud: true'))).toBody()).toMatchObject({ next: "Did you mean 'sound'?" })
    expect((await refusal(ruleFile('as: email', 'languages: [de, xx]\n'))).toBody()).toMatchObject({ field: 'languages.1', value: 'xx' })
    expect((await refusal(ruleFile('as: date, earliest: 1900-13-01'))).toBody()).toMatchObject({ field: 'keys.email.from.earliest' })
  })

  it('takes what says something', async () => {
    for (const part of ['as: phone, country: country, defaultCountry: GB', 'as: date, order: any, earliest: 1900-01-01, first: 4', 'as: name, sound: true, words: each, formal: true', 'as: organisation, sound: true', 'as: email, first: 3']) {
      await expect(readRules('/rules.yaml', memoryFiles({ '/rules.yaml': ruleFile(part) }))).resolves.toBeDefined()
    }
  })
})

it('reads numbers that name their country where no source says one', async () => {
  const rules = await readRules('/rules.yaml', memoryFiles({ '/rules.yaml': ruleFile('as: phone, country: country, optional: true') }))
  expect(resolveKeys(rules, ['email'])[0]?.parts).toEqual([{ columns: ['email'], part: { column: 'email', as: 'phone', optional: true } }])
})
