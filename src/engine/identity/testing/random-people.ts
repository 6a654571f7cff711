/** One row of every system: reference, source, and the columns in the order of `peopleColumns`. */
export interface PersonRow {
  reference: string
  source: string
  values: (string | null)[]
}

export const peopleColumns = ['crm_id', 'email', 'email_sha256', 'phone', 'device_id', 'first_name', 'last_name', 'dob', 'postcode']

/** Rules with every kind of guard, over few enough values that all of them are met. */
export const peopleRules = `
name: Test
largestEntity: 12
mostRecords: 9
keys:
  crm id: { strong: true, from: { column: crm_id, as: code } }
  email:
    mostRecords: 5
    blocked: [office@harbour.com]
    from: [{ column: email, as: email }, { column: email_sha256, as: hashed email }]
  phone: { mostRecords: 6, from: { column: phone, as: phone, defaultCountry: US } }
  device: { perEntity: 3, from: { column: device_id, as: device } }
  name: { from: { column: [first_name, last_name], as: name } }
  birth: { from: { column: dob, as: date } }
  postcode: { from: { column: postcode, as: postcode } }
rules:
  - { name: crm id, keys: [crm id] }
  - { name: email and name, keys: [email, name] }
  - { name: name and birth and postcode, keys: [name, birth, postcode] }
  - { name: name and postcode, keys: [name, postcode], unlessDifferent: [birth], mostEntities: 3 }
  - { name: email, keys: [email], unlessDifferent: [name] }
  - { name: phone, keys: [phone], unlessDifferent: [name, birth] }
  - { name: device, keys: [device] }
`

/** A generator of numbers in [0, 1) that always gives the same for a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A record of one of `people`, who share addresses and devices with their neighbours now and then. */
export function randomPerson(reference: number, people: number, random: () => number): PersonRow {
  const person = Math.floor(random() * people)
  const often = <Value>(share: number, value: Value): Value | null => (random() < share ? value : null)
  const near = (share: number): number => (random() < share ? person : Math.floor(person / 4) * 4)
  const email = random() < 0.05 ? 'office@harbour.com' : `${['ann', 'bob', 'cid'][near(0.9) % 3] ?? ''}${near(0.9)}@${random() < 0.3 ? 'gmail.com' : 'harbour.com'}`
  return {
    reference: `r${reference}`,
    source: random() < 0.5 ? 'crm' : 'shop',
    values: [
      often(0.4, `C${near(0.97)}`),
      often(0.6, random() < 0.2 ? email.toUpperCase() : email),
      null,
      often(0.5, `(212) 555-0${100 + near(0.8)}`),
      often(0.4, `device-${near(0.8)}-${Math.floor(random() * 2)}`),
      often(0.7, ['Ann', 'Bob', 'Cid', 'Dee'][person % 4] ?? ''),
      often(0.9, ['Lee', 'Ray'][person % 2] ?? ''),
      often(0.3, `19${60 + (person % 30)}-01-0${1 + (person % 9)}`),
      often(0.6, `1000${person % 7}`),
    ],
  }
}
