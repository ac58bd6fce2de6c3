import type { Hit } from '../selectors/search'
import { plural } from '../selectors/words'
import { usePanel } from './panel-context'
import './search-results.css'

export const SearchResults = ({ hits }: { hits: readonly Hit[] }) => {
  const { dispatch } = usePanel()
  return (
    <section className="search-results" aria-label="Search results">
      <h2>Found in {plural(hits.length, 'place')}</h2>
      <ul>
        {hits.map((hit) => (
          <li key={hit.key}>
            <button
              type="button"
              onClick={() =>
                dispatch({ type: 'place.opened', flowId: hit.flowId, stepId: hit.stepId, where: hit.where })
              }
            >
              <span className="hit-place">{hit.place}</span>
              <span className="tone-soft">{hit.part}</span>
              <code>{hit.excerpt}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
