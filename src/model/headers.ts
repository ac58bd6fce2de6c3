import { groupBy } from './group-by'
import { memoize } from './memoize'
import { type Observed, absent, flatMapObserved, mapObserved, present, unobserved } from './observed'
import type { HeaderList } from './recording'

/** All values of a header that were seen, case-insensitively, in wire order. */
export const headerValues = (headers: HeaderList, name: string): readonly string[] =>
  named(headers, name).flatMap(({ value, withheld }) => (withheld ? [] : [value]))

/** All values of a header, or why there are none. */
export const headerList = (headers: Observed<HeaderList>, name: string): Observed<readonly string[]> =>
  flatMapObserved(headers, (list) => {
    const values = headerValues(list, name)
    if (values.length > 0) return present(values)
    return named(list, name).length > 0 ? unobserved('removed-by-sanitizer') : absent
  })

/** The first value of a header, or why there is none. */
export const header = (headers: Observed<HeaderList>, name: string): Observed<string> =>
  mapObserved(headerList(headers, name), ([first = '']) => first)

// Every rule asks for headers by name, so a list is sorted by name once.
const byName = memoize((headers: HeaderList) => groupBy(headers, ({ name }) => name.toLowerCase()))

const named = (headers: HeaderList, name: string): HeaderList => byName(headers).get(name.toLowerCase()) ?? []
