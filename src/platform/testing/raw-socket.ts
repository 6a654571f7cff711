import { request } from 'node:http'
import type { RequestOptions } from 'node:http'
import type { Duplex } from 'node:stream'

/** Frames that break the protocol of web sockets, by what is wrong with them. */
export const badFrames: Record<string, Buffer> = {
  unmasked: Buffer.from([0x81, 0x02, 0x68, 0x69]),
  'a reserved bit': Buffer.from([0xf1, 0x80, 0, 0, 0, 0]),
  'an unknown opcode': Buffer.from([0x83, 0x80, 0, 0, 0, 0]),
  'text that is not UTF-8': Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]),
  'longer than any message': Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0]),
  'a control frame in pieces': Buffer.from([0x09, 0x80, 0, 0, 0, 0]),
  'a continuation of nothing': Buffer.from([0x80, 0x80, 0, 0, 0, 0]),
}

/** Upgrades by hand, so that anything at all can be sent afterwards; the status where it was refused. */
export function upgradeRaw(options: RequestOptions): Promise<Duplex | number> {
  return new Promise((done, failed) => {
    const asking = request({
      ...options,
      headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==', ...(options.headers as object) },
    })
    asking.on('upgrade', (_answer, stream) => done(stream.on('error', () => {})))
    asking.on('response', (answer) => {
      answer.resume()
      done(answer.statusCode ?? 0)
    })
    asking.on('error', failed)
    asking.end()
  })
}

/** Sends one frame and waits until the other side has closed. */
export function sendAndEnd(stream: Duplex, frame: Buffer): Promise<void> {
  return new Promise((ended) => {
    stream.on('close', () => ended())
    stream.resume()
    stream.write(frame)
  })
}
