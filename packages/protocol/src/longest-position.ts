/** Longest position that a group reserves, in UTF-16 units: a reservation, not another text. Apart from its contract, which a browser needs no part of. */
export const longestPosition = 600
