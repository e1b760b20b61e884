import Bubble from './bubble.tsx'
import LinkSheet from './link-sheet.tsx'
import PeopleSheet from './people-sheet.tsx'
import ShortcutsSheet from './shortcuts-sheet.tsx'
import SlashMenu from './slash-menu.tsx'
import TableTools from './table-tools.tsx'

/** What `parts.ts` fetches, as one file: on a slow line five small ones would cost as much again. */
export const lateParts = {
  Bubble,
  LinkSheet,
  PeopleSheet,
  ShortcutsSheet,
  SlashMenu,
  TableTools,
}
