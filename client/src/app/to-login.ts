/** The way to the login page from an address of ours, and back to it afterwards. Asked on the login page, it stays there. */
export function toLogin(href: string) {
  const { pathname, searchParams } = new URL(href, 'http://here')
  const next = pathname === '/login' ? searchParams.get('next') : href
  return { to: '/login', search: next === null || next === '/' ? {} : { next }, replace: true } as const
}
