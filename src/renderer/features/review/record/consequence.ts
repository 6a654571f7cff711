import type { FieldRow } from '../../../../contract/shapes.ts'
import type { AnswerKind } from '../../../../contract/states.ts'
import { formatRaw, isEmpty } from '../../../shared/format.ts'

export type Choice = { take: AnswerKind; value?: FieldRow['warehouse'] | undefined }

/** Text with one strong word in the middle. */
export type Consequence = { before: string; strong: string; after: string }

type Situation = { row: Pick<FieldRow, 'warehouse' | 'destination' | 'editor'>; destinationName: string; noun: { one: string } }

/** "the sales rep" for an editor, without repeating an article. */
export function editorWords(editor: FieldRow['editor']): string {
  if (editor === undefined || editor.kind === 'unknown') return 'somebody'
  if (editor.kind === 'us') return 'Lockstep'
  return editor.name
}

function editOf(editor: FieldRow['editor'], destinationName: string): string {
  if (editor === undefined || editor.kind === 'unknown') return `what somebody put there; ${destinationName} does not say who`
  if (editor.kind === 'us') return 'which Lockstep wrote'
  return `which ${lowerArticle(editor.name)} put there`
}

function lowerArticle(name: string): string {
  return name.replace(/^(A|An|The) /, (article) => article.toLowerCase())
}

/** What an answer leads to, said before it is given and after. */
export function consequence({ row, destinationName, noun }: Situation, choice: Choice | undefined): Consequence {
  const theirs = formatRaw(row.destination)
  if (choice === undefined) return { before: `Choose what ${destinationName} should hold. Until then`, strong: 'nothing', after: `is sent for this ${noun.one}.` }
  switch (choice.take) {
    case 'destination':
      return {
        before: `${destinationName} keeps`,
        strong: theirs,
        after: `, ${editOf(row.editor, destinationName)}. Lockstep will not touch it until the warehouse changes from ${formatRaw(row.warehouse)}.`,
      }
    case 'warehouse':
      if (isEmpty(row.warehouse)) return { before: `Lockstep empties the field in ${destinationName};`, strong: theirs, after: `is lost there, ${editOf(row.editor, destinationName)}.` }
      return { before: 'Lockstep writes', strong: formatRaw(row.warehouse), after: ` over ${theirs}, ${editOf(row.editor, destinationName)}.` }
    case 'value':
      return { before: 'Lockstep writes', strong: formatRaw(choice.value), after: ' and holds it there as an override, whatever the warehouse says.' }
    case 'skip':
      return { before: 'Nothing is sent for this', strong: noun.one, after: 'this time. The next plan asks again.' }
  }
}
