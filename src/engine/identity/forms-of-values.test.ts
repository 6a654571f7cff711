import { describe, expect, it } from 'vitest'
import { keyPart } from '../../contract/identity.ts'
import type { IdentityDefinition, KeyForm, KeyPart } from '../../contract/identity.ts'
import { sha256Hex } from '../values/hash.ts'
import { countryCode } from './forms/countries.ts'
import { knownLanguages, Months, usualLanguages } from '../values/month-names.ts'
import { defaultPlaceholders } from './forms/placeholders.ts'
import { formRules, formValue } from './forms.ts'

type Told = Partial<KeyPart> & { of?: Pick<IdentityDefinition, 'placeholders' | 'languages'>; hashed?: boolean; in?: string; columns?: string[] }

function value(as: KeyForm, raw: string, { of = {}, hashed = false, in: country, columns = [], ...part }: Told = {}) {
  return formValue(raw, { part: keyPart.parse({ column: 'c', as, ...part }), columns, ...formRules(of, {}, hashed), ...(country === undefined ? {} : { country }) })
}

function read(as: KeyForm, raw: string, told: Told = {}): string[] | string {
  const found = value(as, raw, told)
  return found.ok ? found.values : 'reason' in found ? found.reason : found.cause
}

describe('placeholders', () => {
  it.each(['11', '22', '111', '4444', '55555', '1111111', '9999999999', '123456789', '1234567890', 'NA-1001', 'TEST-9', 'DEFAULT-1', 'UNKNOWN7', 'X1', 'null-5', '1-1-1', 'A-NA'])('an id may be %s, whatever its digits look like', (id) => {
    expect(read('code', id)).toEqual([expect.any(String)])
    if (/^\d+$/.test(id)) for (const as of ['exact', 'trimmed', 'lower', 'digits'] as const) expect(read(as, id), as).toEqual([id])
  })

  it.each(['null', 'N/A', 'n.a.', 'NA', 'unknown', 'Test', 'default', '-', '-1', '0', '0000', '000-000', 'undefined', 'Not available', 'user_null', 'crm-undefined', '#N/A', '\\N', 'ＮＵＬＬ'])('the usual list has %s', (text) => {
    expect(read('code', text)).toBe('placeholder')
    expect(read('device', `${text}`)).toBe('placeholder')
  })

  it('is a list of the rules: another one, or more and less', () => {
    expect(read('code', 'TEST-9', { of: { placeholders: ['test-*'] } })).toBe('placeholder')
    expect(read('code', 'null', { of: { placeholders: ['test-*'] } })).toEqual(['null'])
    expect(read('code', 'kein kunde', { of: { placeholders: { also: ['Kein Kunde'] } } })).toBe('placeholder')
    expect(read('code', 'null', { of: { placeholders: { also: ['Kein Kunde'] } } })).toBe('placeholder')
    expect(read('name', 'Ann Null', { of: { placeholders: { not: ['NULL'] } } })).toEqual(['ann null'])
    expect(read('email', 'noreply@harbour.com', { of: { placeholders: { not: ['noreply@*'] } } })).toEqual(['noreply@harbour.com'])
    expect(read('email', 'info@harbour.com', { of: { placeholders: { also: ['info@*'] } } })).toBe('placeholder')
    expect(read('phone', '+44 20 7946 0958', { of: { placeholders: { also: ['442079460958'] } } })).toBe('placeholder')
    for (const list of Object.values(defaultPlaceholders)) expect(list.length).toBeGreaterThan(20)
  })

  it.each([
    [['Unknown', 'Unknown']],
    [['null', 'Null']],
    [['Test', 'Test']],
    [['N/A', 'N/A']],
    [['n.a.', 'n.a.']],
    [['NA', 'NA']],
    [['Ann', 'Unknown']],
    [['Unknown', 'Lee']],
    [['Test', 'Lee']],
    [['-', 'Lee']],
    [['Ann', '???']],
    [['Ann', '.']],
    [['Not provided', 'Lee']],
    [['undefined', 'undefined']],
    [['First', 'Name']],
    [['xx', 'xx']],
    [['Unbekannt', 'Lee']],
  ])('no key of a name is made of %j, part by part', (columns) => {
    expect(typeof read('name', columns.join(' '), { columns })).toBe('string')
    // In one column words stand for themselves.
    if (columns.every((column) => !column.includes(' '))) expect(typeof read('name', columns.join(' '))).toBe('string')
  })

  it('leaves people alone who are called like it', () => {
    for (const columns of [['Na', 'Li'], ['Nan', 'Lee'], ['Arthur', 'Blank'], ['Malcolm', 'X']]) expect(read('name', columns.join(' '), { columns }), columns.join(' ')).toEqual([columns.join(' ').toLowerCase()])
    expect(read('given name', 'Na')).toBe('placeholder')
  })
})

describe('addresses', () => {
  it.each([
    ['ann@münchen.de', 'ann@xn--mnchen-3ya.de'],
    ['ann@MÜNCHEN.de', 'Ann@XN--MNCHEN-3YA.DE'],
    ['ann@bücher.example.net', 'ann@xn--bcher-kva.example.net'],
    ['ann@例え.jp', 'ann@xn--r8jz45g.jp'],
    ['İPEK@x.com', 'ipek@x.com'],
    ['IPEK@x.com', 'ipek@x.com'],
    ['ışık@x.com', 'IŞIK@X.COM'],
    ['straße@x.com', 'STRASSE@X.COM'],
    ['ΟΔΟΣ@x.com', 'οδος@x.com'],
    ['Ａｎｎ＠ｘ．ｃｏｍ', 'ann@x.com'],
    ['jose\u0301@x.com', 'josé@x.com'],
    ['Ann <ann@münchen.de>', 'ann@xn--mnchen-3ya.de'],
    ['j.doe+x@Gmail.com', 'jdoe@googlemail.com'],
  ])('%s is %s', (one, other) => {
    expect(read('email', one)).toEqual(read('email', other))
    expect(read('email', one)).toEqual([expect.any(String)])
    const [hashes, others] = [read('email', one, { hashed: true }), read('email', other, { hashed: true })]
    expect((hashes as string[]).some((hash) => others.includes(hash))).toBe(true)
  })

  it('keeps accents apart, and finds either spelling of a domain by its hash', () => {
    expect(read('email', 'josé@x.com')).not.toEqual(read('email', 'jose@x.com'))
    for (const written of ['ann@münchen.de', 'ann@xn--mnchen-3ya.de']) expect(read('email', written, { hashed: true })).toEqual(expect.arrayContaining([sha256Hex('ann@münchen.de'), sha256Hex('ann@xn--mnchen-3ya.de')]))
  })

  it('takes what stands for nobody for nothing as a value and as its hash', () => {
    for (const nobody of ['a@a.com', 'A@a.com', 'test@test.com', 'none@none.com', 'noreply@example.com']) {
      expect(read('email', nobody), nobody).toBe('placeholder')
      expect(read('email', nobody, { hashed: true }), nobody).toBe('placeholder')
      expect(read('hashed email', sha256Hex(nobody.toLowerCase())), nobody).toBe('placeholder')
    }
    const of = { placeholders: [sha256Hex('ann@harbour.com')] }
    expect(read('email', 'Ann@Harbour.com', { of })).toBe('placeholder')
    expect(read('hashed email', sha256Hex('ann@harbour.com').toUpperCase(), { of })).toBe('placeholder')
  })

  it('folds case by way of the upper one in lower texts too', () => {
    expect(read('lower', 'İPEK IŞIK')).toEqual(read('lower', 'ipek ışık'))
    expect(read('lower', 'Straße')).toEqual(read('lower', 'STRASSE'))
    expect(read('name', 'IŞIK İpek')).toEqual(read('name', 'ışık ipek'))
  })
})

describe('countries', () => {
  it.each([
    ['GB', ['Great Britain', 'United Kingdom', 'UK', 'U.K.', 'GBR', 'gb', 'England', 'Scotland', 'Wales', 'Northern Ireland', 'Großbritannien', 'Royaume-Uni', 'Vereinigtes Königreich', 'The United Kingdom', 'United Kingdom of Great Britain and Northern Ireland', 'Storbritannien']],
    ['US', ['United States of America', 'USA', 'U.S.A.', 'United States', 'the United States', 'America', 'Vereinigte Staaten', 'États-Unis', 'Estados Unidos', 'Stati Uniti', '米国', 'アメリカ合衆国', 'US']],
    ['CZ', ['Czech Republic', 'The Czech Republic', 'Czechia', 'Česko', 'Česká republika', 'Tschechien', 'CZE']],
    ['CH', ['Suisse', 'Schweiz', 'Svizzera', 'Svizra', 'Switzerland', 'CHE', 'Suiza']],
    ['DE', ['Deutschland', 'Germany', 'Allemagne', 'Alemania', 'Germania', 'DEU', 'Niemcy', 'ドイツ', 'Γερμανία', 'Германия']],
    ['CI', ['Côte d’Ivoire', "Cote d'Ivoire", 'Ivory Coast', 'CIV']],
    ['KR', ['South Korea', 'Korea, Republic of', 'Republic of Korea', 'KOR', '대한민국']],
    ['KP', ['North Korea', 'PRK']],
    ['RU', ['Russian Federation', 'Russia', 'Россия']],
    ['NL', ['Holland', 'The Netherlands', 'Nederland', 'Netherlands', 'Pays-Bas']],
    ['TR', ['Turkey', 'Türkiye', 'Türkei']],
    ['VN', ['Viet Nam', 'Vietnam']],
    ['LC', ['St. Lucia', 'Saint Lucia', 'St Lucia']],
    ['TT', ['Trinidad & Tobago', 'Trinidad and Tobago']],
    ['BA', ['Bosnia and Herzegovina', 'Bosnia & Herzegovina', 'Bosna i Hercegovina']],
    ['CD', ['Congo, Democratic Republic of the', 'DR Congo', 'Democratic Republic of the Congo']],
    ['MM', ['Burma', 'Myanmar (Burma)', 'Myanmar']],
    ['TW', ['Taiwan, Province of China', 'Taiwan']],
    ['HK', ['Hong Kong', 'Hong Kong SAR China', '香港']],
    ['AE', ['UAE', 'United Arab Emirates']],
    ['IE', ['Ireland', 'Republic of Ireland', 'Éire', 'IRL']],
    ['AT', ['Österreich', 'Oesterreich', 'Austria', 'AUT']],
    ['SE', ['Sverige', 'Sweden', 'SWE']],
    ['MK', ['Macedonia', 'North Macedonia']],
    ['SZ', ['Swaziland', 'Eswatini']],
  ] as [string, string[]][])('%s is %j', (code, names) => {
    for (const name of names) expect([name, countryCode(name)]).toEqual([name, code])
    expect(read('phone', '+442079460958', { in: names[0] ?? '' })).toEqual(['+442079460958'])
  })

  it('knows every country that libphonenumber has by its English name, and no other text', () => {
    const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
    for (const code of ['FR', 'IT', 'ES', 'PT', 'BR', 'IN', 'CN', 'JP', 'NG', 'ZA', 'EG', 'MX', 'AU', 'NZ', 'PL', 'GR', 'HU', 'RO']) expect(countryCode(english.of(code) ?? '')).toBe(code)
    for (const none of ['', 'Atlantis', 'unknown', 'ZZ', 'n/a', '12']) expect(countryCode(none)).toBeUndefined()
  })
})

describe('dates', () => {
  const march = ['1961-03-12']
  it.each(['12. März 1961', '12 März 1961', '12. Maerz 1961', '12 mars 1961', '12 de marzo de 1961', '12 marzo 1961', '12 maart 1961', '12. marts 1961', '12 marca 1961', 'March 12, 1961', '12th March 1961', '12th of March, 1961', 'Mar 12 1961', '12-Mar-1961', '12/mar/1961', '12 mrt 1961', '12 de março de 1961', '12. maaliskuuta 1961', '1961-03-12', '12.03.1961', '12. 3. 1961', '1961年3月12日', '12 MARS 1961', 'Mar 12 1961 12:00AM', '12.3.1961 00:00'])(
    '%s is a day in the usual languages',
    (raw) => {
      expect(read('date', raw)).toEqual(march)
    },
  )

  it('reads the months of the languages that are declared, and of no others', () => {
    expect(read('date', '12. ožujka 1961', { of: { languages: ['hr'] } })).toEqual(march)
    expect(read('date', '12 березня 1961', { of: { languages: ['uk', 'en'] } })).toEqual(march)
    expect(read('date', '1961. március 12.', { of: { languages: ['hu'] } })).toEqual(march)
    expect(read('date', '12. März 1961', { of: { languages: ['en'] } })).toBe('not of its form')
    // October in Croatia, November in Poland.
    expect(read('date', '1. listopada 2001', { of: { languages: ['hr', 'pl'] } })).toBe('not of its form')
    expect(read('date', '1. listopada 2001', { of: { languages: ['pl'] } })).toEqual(['2001-11-01'])
    expect(knownLanguages).toEqual(expect.arrayContaining([...usualLanguages]))
    for (const language of knownLanguages) for (const month of Array.from({ length: 12 }, (_, at) => at)) expect(new Months([language]).numberOf(firstName(language, month)), language).toBe(month + 1)
  })

  it.each(['31. Februar 1961', '30 février 1961', '2023-02-29', '1900-02-29', '31 April 1990', '0 May 1990', '12. Mittwoch 1961', '1961-13-01', '1961-00-10'])('%s is no date', (raw) => {
    expect(read('date', raw)).toBe('not of its form')
  })

  it.each(['1970-01-01', '01.01.1970', '1. Januar 1970', '1970-01-01T00:00:00Z', '1900-01-01', '0000-00-00', '9999-12-31', '0001-01-01', '0', '-1', 'unknown'])('%s is a placeholder', (raw) => {
    expect(read('date', raw)).toBe('placeholder')
  })

  it('has the limits that the rules set, and no others', () => {
    expect(read('date', '1850-05-03')).toEqual(['1850-05-03'])
    expect(read('date', '2150-05-03')).toEqual(['2150-05-03'])
    expect(read('date', '1850-05-03', { earliest: '1870-01-01' })).toBe('before the earliest')
    expect(read('date', '2150-05-03', { latest: '2030-12-31' })).toBe('after the latest')
    expect(read('date', '1970-01-01', { of: { placeholders: { not: ['1970-01-01'] } } })).toEqual(['1970-01-01'])
  })
})

function firstName(language: string, month: number): string {
  const date = new Date(Date.UTC(2001, month, 15))
  const part = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }).formatToParts(date).find(({ type }) => type === 'month')
  return (part?.value ?? '').normalize('NFD').replace(/[\u0300-\u036f]|['’ʼ]/g, '').normalize('NFC').toLowerCase().split(/\s+/).at(-1)?.replaceAll('ς', 'σ').replace('ı', 'i') ?? ''
}
