import { Button, useMantineColorScheme } from '@mantine/core'
import { IconHelpCircle, IconLogout, IconSettings, IconUser } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { initials } from '../../ui/sectors.ts'
import classes from './account-menu.module.css'
import { textsNotSent, useSignOut } from './sign-out.ts'
import { UnsentSheet } from './unsent-sheet.tsx'

const schemes = ['light', 'dark', 'auto'] as const

interface AccountMenuProps {
  user: { id: string; name: string }
  /** Leaves the pages of the signed in; resolves when it has. */
  onSignedOut: () => Promise<void>
}

/** The signed-in person's own corner: who they are here, light or dark, and the way out. */
export function AccountMenu({ user, onSignedOut }: AccountMenuProps) {
  const { t } = useTranslation()
  const words = useRefusalWords()
  const menuId = useId()
  const menu = useRef<HTMLDivElement>(null)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [notSent, setNotSent] = useState(0)
  const signOut = useSignOut(user.id, onSignedOut)

  const leave = () => {
    const texts = textsNotSent(user.id)
    if (texts === 0) return signOut.mutate()
    menu.current?.hidePopover()
    setNotSent(texts)
  }

  return (
    <>
      <button type="button" className={classes.opener} popoverTarget={menuId}>
        <span className="cb-hidden">{t('account.open', { name: user.name })}</span>
        <span className={classes.initials} aria-hidden>
          {initials(user.name)}
        </span>
      </button>
      <div ref={menu} id={menuId} popover="auto" className={classes.menu}>
        <p className={classes.who}>
          <IconUser aria-hidden size={20} />
          <span>
            <span className={classes.label}>{t('account.signedInAs')}</span>
            <strong>{user.name}</strong>
          </span>
        </p>
        <ul className={classes.places}>
          <li>
            <Link to="/profile" className={classes.place} onClick={() => menu.current?.hidePopover()}>
              <IconSettings aria-hidden size={20} />
              {t('account.profile')}
            </Link>
          </li>
          <li>
            <Link to="/help/rights" className={classes.place} onClick={() => menu.current?.hidePopover()}>
              <IconHelpCircle aria-hidden size={20} />
              {t('account.rights')}
            </Link>
          </li>
        </ul>
        <fieldset className={classes.schemes}>
          <legend>{t('account.appearance')}</legend>
          {schemes.map((scheme) => (
            <label key={scheme}>
              <input
                type="radio"
                name="scheme"
                value={scheme}
                checked={colorScheme === scheme}
                onChange={() => setColorScheme(scheme)}
              />
              {t(`account.${scheme}`)}
            </label>
          ))}
        </fieldset>
        {signOut.error && notSent === 0 && <Notice tone="problem" urgent {...words(signOut.error)} />}
        <Button
          variant="default"
          fullWidth
          leftSection={<IconLogout aria-hidden size={20} />}
          loading={signOut.isPending}
          onClick={leave}
        >
          {t('account.signOut')}
        </Button>
      </div>
      {notSent > 0 && (
        <UnsentSheet
          texts={notSent}
          pending={signOut.isPending}
          error={signOut.error}
          onLeave={() => signOut.mutate()}
          onStay={() => {
            setNotSent(0)
            signOut.reset()
          }}
        />
      )}
    </>
  )
}
