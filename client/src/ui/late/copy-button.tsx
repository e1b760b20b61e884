import { Button, type ButtonProps } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'

interface CopyButtonProps extends Pick<ButtonProps, 'variant' | 'fullWidth'> {
  text: string
  /** What the button says before, just after, and when the browser refused. */
  words: { copy: string; copied: string; failed: string }
  /** Tells apart buttons that say the same, to who cannot see what they stand beside. */
  about?: string
  /** Told when it was pressed. */
  onCopy?: () => void
}

/** Copies a text, and says that it did. */
export function CopyButton({ text, words, about, onCopy, variant = 'default', fullWidth = false }: CopyButtonProps) {
  const clipboard = useClipboard({ timeout: 3000 })
  const Icon = clipboard.copied ? IconCheck : IconCopy
  return (
    <>
      <Button
        variant={variant}
        fullWidth={fullWidth}
        leftSection={<Icon size={20} aria-hidden />}
        onClick={() => {
          clipboard.copy(text)
          onCopy?.()
        }}
      >
        {clipboard.copied ? words.copied : words.copy}
        {about && <span className="cb-hidden">: {about}</span>}
      </Button>
      <span role="status" className={clipboard.error ? undefined : 'cb-hidden'}>
        {clipboard.copied && words.copied}
        {clipboard.error && words.failed}
      </span>
    </>
  )
}
