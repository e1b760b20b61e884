/** Crockford's 32 signs: no I, L, O, U, so that nothing is read or heard as something else. */
export const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
