import Bell from '../../features/news/bell.tsx'
import SearchWay from '../../features/search/search-way.tsx'

/** What stands at the head of every page of somebody who signed in, as one file. */
export const cornerParts = { Bell, SearchWay }
