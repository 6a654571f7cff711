const ENDS: [RegExp, string][] = [
  [/(?<=.)(?:ee|ie|ey|i)$/, 'y'],
  [/(?:dt|rt|rd|nt|nd)$/, 'd'],
]
const STARTS: [RegExp, string][] = [
  [/^mac/, 'mcc'],
  [/^kn/, 'nn'],
  [/^k/, 'c'],
  [/^p[hf]/, 'ff'],
  [/^sch/, 'sss'],
]

/**
 * How a Latin word sounds, by the rules of NYSIIS (New York State Identification and Intelligence System, 1970),
 * without its limit of six letters, and with every final i sound as y. Words of other scripts stay as they are.
 */
export function soundOf(word: string): string {
  if (!/^[a-z]+$/.test(word)) return word
  const start = STARTS.reduce((text, [form, by]) => text.replace(form, by), word)
  const whole = ENDS.reduce((text, [form, by]) => text.replace(form, by), start)
  let sound = whole.charAt(0)
  for (let at = 1; at < whole.length; at += 1) {
    const [letters, step] = soundAt(whole, at)
    for (const letter of letters) if (letter !== sound.at(-1)) sound += letter
    at += step - 1
  }
  return ending(sound)
}

function soundAt(word: string, at: number): [string, number] {
  const rest = word.slice(at)
  const before = word.charAt(at - 1)
  const after = word.charAt(at + 1)
  if (rest.startsWith('ev')) return ['af', 2]
  if (isVowel(rest.charAt(0))) return ['a', 1]
  if (rest.startsWith('kn')) return ['n', 2]
  if (rest.startsWith('sch')) return ['s', 3]
  if (rest.startsWith('ph')) return ['f', 2]
  switch (rest.charAt(0)) {
    case 'q':
      return ['g', 1]
    case 'z':
      return ['s', 1]
    case 'm':
      return ['n', 1]
    case 'k':
      return ['c', 1]
    case 'h':
      return [isVowel(before) && isVowel(after) ? 'h' : isVowel(before) ? 'a' : '', 1]
    case 'w':
      return [isVowel(before) ? 'a' : 'w', 1]
    default:
      return [rest.charAt(0), 1]
  }
}

function ending(sound: string): string {
  const bare = sound.replace(/(?<=.)s$/, '').replace(/(?<=.)ay$/, 'y')
  return bare.replace(/(?<=.)a$/, '')
}

function isVowel(letter: string): boolean {
  return letter !== '' && 'aeiou'.includes(letter)
}
