import { useTranslation } from 'react-i18next'
import { Sheet } from '../../ui/sheet.tsx'
import { isApple, keyWords, tools } from './block-tools.ts'
import classes from './shortcuts-sheet.module.css'

/** The keys that can be used while writing, as printed on the reader's keyboard. */
export default function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('writing')
  const { t: editor } = useTranslation('editor')
  const apple = isApple()
  const print = (keys: string) => keyWords(keys, apple, editor('keys.shift'))
  const rows: [what: string, keys: string][] = [
    [editor('tool.undo'), print('Mod-z')],
    [editor('tool.redo'), print('Mod-Shift-z')],
    ...tools.flatMap(({ name, keys }): [string, string][] => (keys ? [[editor(`tool.${name}`), print(keys)]] : [])),
    [editor('tool.link'), print('Mod-k')],
    [editor('tool.comment'), print('Mod-Alt-m')],
    [t('shortcuts.threads'), `${print('Alt-F9')} · ${print('Shift-Alt-F9')}`],
    [t('shortcuts.proposals'), t('shortcuts.proposalKeys')],
    [t('shortcuts.slash'), '/'],
    [t('shortcuts.indent'), 'Tab'],
    [t('shortcuts.outdent'), print('Shift-Tab')],
    [t('shortcuts.leave'), t('shortcuts.leaveKeys')],
    [t('shortcuts.toolbar'), print('Alt-F10')],
    [t('shortcuts.list'), `${print('Mod-/')} · ?`],
  ]
  return (
    <Sheet title={t('shortcuts.title')} onClose={onClose}>
      <table className={classes.table}>
        <thead className="cb-hidden">
          <tr>
            <th scope="col">{t('shortcuts.what')}</th>
            <th scope="col">{t('shortcuts.keys')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([what, keys]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>
                <kbd>{keys}</kbd>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Sheet>
  )
}
