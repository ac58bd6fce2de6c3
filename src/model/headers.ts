import { type Observed, absent, flatMapObserved, present } from './observed'
import type { HeaderList } from './recording'

/** All values of a header, case-insensitively, in wire order. */
export const headerValues = (headers: HeaderList, name: string): readonly string[] => {
  const wanted = name.toLowerCase()
  return headers.filter((header) => header.name.toLowerCase() === wanted).map((header) => header.value)
}

/** The first value of a header, or why there is none. */
export const header = (headers: Observed<HeaderList>, name: string): Observed<string> =>
  flatMapObserved(headers, (list) => {
    const [first] = headerValues(list, name)
    return first === undefined ? absent : present(first)
  })
