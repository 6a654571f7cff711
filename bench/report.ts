import type { Spent } from './measure.ts'

const widest = 72

export function heading(text: string): void {
  console.log(`\n${text}`)
}

export function line(what: string, figures: string): void {
  console.log(`${what.padEnd(widest)} ${figures}`)
}

export function number(value: number): string {
  return value.toLocaleString('en-GB')
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`
}

export function spent({ ms, cpuMs }: Spent): string {
  return `${seconds(ms)} (${seconds(cpuMs)} processor)`
}

export function times(value: number): string {
  return `${value.toFixed(2)}×`
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}

/** How many times the limit, by the clock and by the processor. */
export function ratio(one: Spent, limit: Spent): string {
  return `${times(one.ms / limit.ms)} (${times(one.cpuMs / limit.cpuMs)} processor)`
}
