/** Types a CSV column can load as, in the warehouse's words and in ours. */
export const columnTypes = [
  { value: 'VARCHAR', label: 'text' },
  { value: 'BIGINT', label: 'whole number' },
  { value: 'DOUBLE', label: 'number' },
  { value: 'BOOLEAN', label: 'yes or no' },
  { value: 'DATE', label: 'date' },
  { value: 'TIMESTAMP', label: 'date and time' },
]

/** A warehouse type as people read it. */
export function typeLabel(type: string): string {
  const known = columnTypes.find((candidate) => candidate.value === type.toUpperCase())
  if (known !== undefined) return known.label
  if (/^(TINY|SMALL|HUGE|U.*)?INT(EGER)?/i.test(type)) return 'whole number'
  if (/^(DECIMAL|NUMERIC|FLOAT|REAL)/i.test(type)) return 'number'
  if (/^TIMESTAMP/i.test(type)) return 'date and time'
  return type.toLowerCase()
}

/** The choices for a column: the usual types, and what it was found to be. */
export function typeChoices(detected: string): { value: string; label: string }[] {
  if (columnTypes.some((candidate) => candidate.value === detected)) return columnTypes
  return [...columnTypes, { value: detected, label: `${typeLabel(detected)} (${detected})` }]
}

export const delimiters = [
  { value: ',', label: 'comma' },
  { value: ';', label: 'semicolon' },
  { value: '\t', label: 'tab' },
  { value: '|', label: 'bar' },
]

export const encodings = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'utf-16', label: 'UTF-16' },
  { value: 'latin-1', label: 'Latin-1 (Western Europe)' },
]

/** The name of a file without folders; uploads carry a prefix of ours that nobody needs to see. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

/** "spring_customers-2026.csv" as the name of a data product. */
export function productName(path: string): string {
  const words = fileName(path)
    .replace(/\.[a-z]\w{0,9}(\.gz)?$/i, '')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
  return words === '' ? 'My data' : words.charAt(0).toUpperCase() + words.slice(1)
}
