import { Fragment } from 'react'

/** A name that may be broken between its words: `AUTH_SESSION_ID`, `Access-Control-Allow-Origin`, `CheckStateInResponse`. */
export const Breakable = ({ name }: { name: string }) => (
  <>
    {name.split(/(?<=[_.-])|(?=[A-Z][a-z])/).map((word, index) => (
      <Fragment key={index}>
        <wbr />
        {word}
      </Fragment>
    ))}
  </>
)
