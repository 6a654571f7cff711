import { Fragment } from 'react'
import classes from './filter-builder.module.css'
import type { Word } from './sentence.ts'

/** A sentence whose values stand out. */
export function Sentence({ words }: { words: Word[] }) {
  return (
    <>
      {words.map((word, index) => (
        <Fragment key={index}>{word.kind === 'value' ? <strong className={classes['sentenceValue']}>{word.text}</strong> : word.text}</Fragment>
      ))}
    </>
  )
}
