/** The way to the login page from an address of ours, and back to it afterwards. */
export const toLogin = (href: string) =>
  ({ to: '/login', search: href === '/' ? {} : { next: href }, replace: true }) as const
