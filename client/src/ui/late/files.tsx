import { Button } from '@mantine/core'
import { type ChangeEvent, useRef, useState } from 'react'
import { useSizeWords } from '../../lib/size-words.ts'
import { Notice } from '../notice.tsx'
import classes from './files.module.css'

/** Files beside something, as cards. Its children are `FileCard`s. */
export function FileList({ children }: { children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker
    <ul className={classes.list} role="list">
      {children}
    </ul>
  )
}

interface FileCardProps {
  /** A small picture of it, where there is one: its address, what it shows, and what opening the file is called. */
  picture: { src: string; alt: string; open: string } | undefined
  /** The address of the whole file. */
  href: string
  /** What is told of it, and what may be done with it. */
  children: React.ReactNode
}

/** One file: its small picture, which opens it, beside what is told of it. */
export function FileCard({ picture, href, children }: FileCardProps) {
  return (
    <li className={classes.item}>
      {picture && (
        <a className={classes.picture} href={href} aria-label={picture.open}>
          <img src={picture.src} alt={picture.alt} loading="lazy" />
        </a>
      )}
      <div className={classes.told}>{children}</div>
    </li>
  )
}

/** A way to add files. */
export interface FileWay<Way extends string> {
  way: Way
  label: string
  Icon: React.ComponentType<{ size: number; 'aria-hidden': true }>
  /** The types of file, as `<input accept>` takes them. */
  accept: string
  /** Takes one at a time from the camera or the microphone of a phone; a desk is not offered it. */
  capture?: 'environment' | 'user'
}

interface AddFilesProps<Way extends string> {
  ways: readonly FileWay<Way>[]
  /** The largest file that is taken, in bytes. */
  largest: number
  /** Said in place of the ways, while there is no room for another. */
  full?: React.ReactNode
  /** Sends one; answers why it was not taken, undefined when it was. */
  send: (file: File, way: Way) => Promise<string | undefined>
  words: {
    help: React.ReactNode
    tooLarge: (size: { size: string; most: string }) => string
    sending: (count: number) => string
    sent: (count: number) => string
    failed: (name: string) => string
  }
}

/** The ways to add files. They go one after the other, and what is not taken is told by the name it has on this device. */
export function AddFiles<Way extends string>({ ways, largest, full, send, words }: AddFilesProps<Way>) {
  const sizeWords = useSizeWords()
  const inputs = useRef(new Map<string, HTMLInputElement>())
  const [left, setLeft] = useState(0)
  const [done, setDone] = useState(0)
  const [notTaken, setNotTaken] = useState<readonly { name: string; why: string }[]>([])

  const choose = async (way: Way, { currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(currentTarget.files ?? [])]
    // The same one chosen again is a change again.
    currentTarget.value = ''
    setNotTaken([])
    setDone(0)
    for (const [at, file] of files.entries()) {
      setLeft(files.length - at)
      const isLarge = file.size > largest
      const why = isLarge
        ? words.tooLarge({ size: sizeWords(file.size), most: sizeWords(largest) })
        : await send(file, way)
      if (why === undefined) setDone((count) => count + 1)
      else setNotTaken((before) => [...before, { name: file.name, why }])
    }
    setLeft(0)
  }
  return (
    <>
      {full && left === 0 ? (
        <p className={classes.soft}>{full}</p>
      ) : (
        <>
          <div className={classes.ways}>
            {ways.map(({ way, label, Icon, accept, capture }) => (
              <span key={way} data-phones={capture !== undefined || undefined} className={classes.way}>
                <input
                  ref={(input) => void (input ? inputs.current.set(way, input) : inputs.current.delete(way))}
                  type="file"
                  hidden
                  multiple={capture === undefined}
                  capture={capture}
                  data-way={way}
                  accept={accept}
                  onChange={(event) => void choose(way, event)}
                />
                <Button
                  variant={capture === undefined ? 'default' : 'light'}
                  leftSection={<Icon size={20} aria-hidden />}
                  aria-disabled={left > 0}
                  onClick={() => inputs.current.get(way)?.click()}
                >
                  {label}
                </Button>
              </span>
            ))}
          </div>
          <p className={classes.soft}>{words.help}</p>
        </>
      )}
      <p role="status" className={classes.soft}>
        {left > 0 ? words.sending(left) : done > 0 ? words.sent(done) : ''}
      </p>
      {notTaken.map(({ name, why }) => (
        <Notice key={name} tone="problem" urgent what={words.failed(name)} todo={why} />
      ))}
    </>
  )
}
