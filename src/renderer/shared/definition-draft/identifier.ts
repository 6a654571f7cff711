/** A file name from what people call a thing: "Gold & at risk" becomes gold-at-risk. */
export function identifierFrom(name: string, taken: readonly string[]): string {
  const base =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[\u0300-\u036f]/g, '')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replace(/^-/, '')
      .slice(0, 56)
      .replace(/-$/, '') || 'unnamed'
  if (!taken.includes(base)) return base
  let number = 2
  while (taken.includes(`${base}-${String(number)}`)) number += 1
  return `${base}-${String(number)}`
}
