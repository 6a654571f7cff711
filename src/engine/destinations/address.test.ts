import { describe, expect, it } from 'vitest'
import { addressProblem } from '../drivers/api-address.ts'
import { placeOf } from './address.ts'
import { destinations } from './registry.ts'

describe('the address of an API', () => {
  it.each(['https://api.hubapi.com', 'https://gateway.example:8443/hubspot', 'https://gateway.example/hubspot/', 'http://127.0.0.1:4100', 'http://localhost:1', 'http://[::1]:1'])('may be %s', (address) => expect(addressProblem(address)).toBeUndefined())

  it.each([
    ['https://gateway.example/hubspot?tenant=1', '?'],
    ['https://gateway.example/hubspot?', '?'],
    ['https://gateway.example/#/hubspot', '#'],
    ['https://gateway.example/#', '#'],
    ['https://me:secret@gateway.example', 'password'],
    ['https://me@gateway.example', 'user name'],
    ['http://gateway.example', 'https://'],
    ['http://127.0.0.1.evil.example', 'https://'],
    ['ftp://gateway.example', 'https://'],
    ['file:///etc/passwd', 'https://'],
    ['javascript:alert(1)', 'https://'],
    ['https://gateway.example\\@evil.example', 'backslash'],
    ['nonsense', 'no address'],
  ])('may not be %s', (address, words) => expect(addressProblem(address)).toContain(words))
})

describe('the place of a connection', () => {
  const place = (definition: object) => placeOf({ name: 'CRM', destination: 'hubspot', ...definition }, destinations)

  it('is scheme, host and port, whatever the path', () => {
    expect(place({ settings: { baseUrl: 'https://Gateway.Example:443/a/' } })).toMatchObject({ address: 'https://gateway.example', local: false })
    expect(place({ settings: {} })).toMatchObject({ destination: 'HubSpot', address: 'https://api.hubapi.com' })
    expect(place({ settings: { baseUrl: 'http://127.0.0.1:8080' } })).toMatchObject({ address: 'http://127.0.0.1:8080', local: true })
  })

  it('of a simulator is the same on every port', () => expect(place({ simulator: 'crm' })).toMatchObject({ address: 'simulator crm', local: true }))

  it('is not told of settings that are not right', () => {
    expect(place({ settings: { baseUrl: 'https://x.example/#' } })).toBeUndefined()
    expect(place({ destination: 'nobody', settings: {} })).toBeUndefined()
  })
})
