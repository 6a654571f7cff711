import { describe, expect, it } from 'vitest'
import { fileAddress } from './file-host.ts'

describe('the place of a file that a system names', () => {
  const declared = { baseUrl: 'https://api.acme.com', hosts: ['files.acme.com', '*.acme-files.com', '127.0.0.1:4100'] }

  it.each(['https://api.acme.com/results/1', 'https://files.acme.com/up?signature=a%2Fb', 'https://eu.acme-files.com/a/b'])('may be %s', (named) => expect(fileAddress(named, declared)?.href).toBe(named))

  it.each([
    'https://evil.example/up',
    'https://files.acme.com.evil.example/up',
    'https://acme-files.com/up',
    'https://evilacme-files.com/up',
    'https://files.acme.com:8443/up',
    'http://files.acme.com/up',
    'https://me:secret@files.acme.com/up',
    'https://files.acme.com/up#a',
    'http://127.0.0.1:4100/up',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    '//files.acme.com/up',
    'up',
    '',
  ])('may not be %s', (named) => expect(fileAddress(named, declared)).toBeUndefined())

  it('may be on this machine where the system is', () => {
    const here = { baseUrl: 'http://127.0.0.1:4000', hosts: ['127.0.0.1:4100'] }
    expect(fileAddress('http://127.0.0.1:4100/up', here)).toBeDefined()
    expect(fileAddress('http://127.0.0.1:4200/up', here)).toBeUndefined()
  })
})
