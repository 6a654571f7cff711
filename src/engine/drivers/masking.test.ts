import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { secretMask } from './masking.ts'

const secret = 'pat-eu1/4711+SECRET~token'
const basic = Buffer.from(`ada@example.com/token:${secret}`).toString('base64')
const mask = secretMask([secret], { authorization: `Basic ${basic}` })
const answered = (value: unknown): string => {
  const raw = JSON.stringify(value)
  return JSON.stringify(mask.json(JSON.parse(raw), raw))
}
const escaped = (text: string): string => [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

describe('a secret that comes back in an answer', () => {
  it.each([
    ['as it is', secret],
    ['in capitals', secret.toUpperCase()],
    ['in an address', `https://crm.example/?token=${encodeURIComponent(secret)}`],
    ['in an address, every letter', [...secret].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')],
    ['as the header that was sent', `Basic ${basic}`],
    ['in base64', Buffer.from(`x${secret}y`).toString('base64')],
    ['in base64 for addresses', Buffer.from(`xy${secret}`).toString('base64url')],
    ['in hexadecimal', Buffer.from(secret).toString('hex')],
  ])('%s is masked, in a message, a name and a list', (_how, echo) => {
    for (const text of [mask.text(`The token ${echo} is not valid.`), answered({ message: `The token ${echo} is not valid.` }), answered({ errors: [{ [echo]: 1 }] })]) {
      expect(text).not.toContain(echo)
      expect(text).toContain('•••')
    }
  })

  it('is masked where JSON escapes hide it', () => {
    const raw = `{"message":"${escaped(secret)}"}`
    expect(mask.json(JSON.parse(raw), raw)).toEqual({ message: '•••' })
  })

  it('leaves everything else as it is, the same object where nothing is to be taken out', () => {
    const body = { results: [{ id: '1', properties: { name: 'Ada 100 % “quoted”', tier: 'gold' } }] }
    expect(mask.json(body, JSON.stringify({ a: 1 }))).toBe(body)
    expect(answered(body)).toBe(JSON.stringify(body))
    expect(secretMask(['test']).text('a test')).toBe('a test')
  })

  it('never passes, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9/+_.~-]{8,40}$/), fc.string(), fc.string(), (token, before, after) => {
        const one = secretMask([token])
        const body = { message: `${before}${token}${after}`, based: Buffer.from(`${before}${token}${after}`).toString('base64') }
        const raw = JSON.stringify(body)
        const shown = one.json(body, raw) as typeof body
        return !shown.message.includes(token) && !Buffer.from(shown.based, 'base64').toString().includes(token)
      }),
    )
  })
})
