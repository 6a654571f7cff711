import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { UploadForm } from '../../values/destination-field.ts'
import { destinationKey, uploadForm } from './upload-form.ts'

interface Vector {
  system: string
  field: string
  input: string
  normalised: string
  hex: string
  base64: string
}

function vectors(): Vector[] {
  const lines = readFileSync(join(import.meta.dirname, '..', 'vectors', 'hash_vectors.csv'), 'utf8').trim().split('\n').slice(1)
  return lines.map((line) => {
    const [system = '', field = '', input = '', normalised = '', hex = '', base64 = ''] = [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, value = '']) => value.replaceAll('""', '"'))
    return { system, field, input, normalised, hex, base64 }
  })
}

/** The form in which each of the two systems wants each of its fields. */
const forms: Record<string, UploadForm['plain']> = {
  'meta email': 'email',
  'meta phone': 'phone digits',
  'meta first_name': 'name',
  'uid2 email': 'gmail-canonical email',
  'uid2 phone': 'phone',
}

describe('the form in which a destination wants a key', () => {
  it('is, for every published vector, what was published: plain, in hex and in base64', () => {
    const all = vectors()
    expect(all).toHaveLength(15)
    for (const { system, field, input, normalised, hex, base64 } of all) {
      const plain = forms[`${system} ${field}`] ?? 'email'
      // Words around the number are the page's, not part of the example.
      const raw = input.replace('US phone number ', '')
      expect(uploadForm(raw, { plain }, 'US'), input).toEqual({ ok: true, key: normalised })
      expect(uploadForm(raw, { plain, hashed: 'hex' }, 'US'), input).toEqual({ ok: true, key: hex })
      expect(uploadForm(raw, { plain, hashed: 'base64' }, 'US'), input).toEqual({ ok: true, key: base64 })
      expect(uploadForm(hex.toUpperCase(), { plain, hashed: 'base64' }), 'hashed in the warehouse already').toEqual({ ok: true, key: base64 })
    }
  })

  it.each<[UploadForm['plain'], string, string]>([
    ['email', 'Jane <Jane.Doe+News@Gmail.com>', 'jane.doe+news@gmail.com'],
    ['gmail-canonical email', 'Jane.Doe+News@Googlemail.com', 'janedoe@gmail.com'],
    ['gmail-canonical email', 'Jane.Doe+News@harbour.com', 'jane.doe+news@harbour.com'],
    ['phone', '+44 20 7946 0958 ext. 12', '+442079460958'],
    ['phone digits', '+44 20 7946 0958', '442079460958'],
    ['name', ' O’Connor-Ní ', 'oconnorní'],
  ])('%s: %s', (plain, raw, key) => {
    expect(uploadForm(raw, { plain })).toEqual({ ok: true, key })
  })

  it.each<[UploadForm, string | null, string]>([
    [{ plain: 'email', hashed: 'hex' }, 'n/a', 'key invalid'],
    [{ plain: 'email', hashed: 'hex' }, 'none@none.com', 'key invalid'],
    [{ plain: 'phone', hashed: 'hex' }, '0000000000', 'key invalid'],
    // Without a country nobody knows whose 020 it is.
    [{ plain: 'phone' }, '020 7946 0958', 'key invalid'],
    [{ plain: 'name', hashed: 'hex' }, '!!', 'key invalid'],
    [{ plain: 'email' }, '  ', 'key missing'],
    [{ plain: 'email' }, null, 'key missing'],
  ])('%j never makes a key of %j', (form, raw, cause) => {
    expect(destinationKey(raw, { normalise: 'exact', form, type: 'string' })).toMatchObject({ ok: false, cause })
  })

  it('is what the activation says where the field declares none', () => {
    expect(destinationKey(' A-1 ', { normalise: 'trimmed', form: undefined, type: 'string' })).toEqual({ ok: true, key: 'A-1' })
  })
})
