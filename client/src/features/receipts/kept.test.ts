// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest'
import { createKeptIndex } from '../../sync/kept-index.ts'
import { findKept, forgetReceipt, isKeptBy, keepReceipt, keptReceipts, whoseReceipts } from './kept.ts'
import { isKnownKey } from './known-keys.ts'
import type { KeptReceipt } from './model.ts'

const kept = {
  format: 'cabildo-receipt',
  v: 1,
  code: '7QKX-2M4T-9HJ3',
  address: 'https://chepo.example/recibo#7QKX-2M4T-9HJ3',
  keptAt: '2026-03-28T15:04:05.000Z',
  receipt: {
    plan: { title: 'Plan', place: 'Chepo' },
    document: { number: 1, title: 'Agua' },
    takenAt: '2026-03-28T15:04:05.000Z',
    recordKey: 'k',
    entry: '{}',
    hash: '00',
    sealed: null,
    proof: null,
    became: null,
  },
} satisfies KeptReceipt

beforeEach(() => localStorage.clear())

test('[RC164] on a shared phone only who kept a receipt has it there, and takes it off', () => {
  const ana = whoseReceipts({ id: 'ana', workshop: {} }, 'ana')
  const berta = whoseReceipts({ id: 'berta', workshop: {} }, 'berta')
  expect(keepReceipt(kept, ana)).toBe(true)
  expect([isKeptBy(kept.code, ana), isKeptBy(kept.code, berta)]).toEqual([true, false])

  // Who knows the code reads it, and keeps one of their own beside it.
  expect(findKept(kept.code)).toEqual(kept)
  forgetReceipt(kept.code, berta)
  expect(keptReceipts(ana)).toEqual([kept])
  keepReceipt(kept, berta)
  keepReceipt(kept, berta)
  expect([keptReceipts(ana), keptReceipts(berta)]).toEqual([[kept], [kept]])
  forgetReceipt(kept.code, ana)
  expect([isKeptBy(kept.code, ana), isKeptBy(kept.code, berta)]).toEqual([false, true])
})

test('[RC164] a device is a shared one for a guest, also right after they are gone', () => {
  expect(whoseReceipts({ id: 'ana', workshop: {} }, undefined).isGuest).toBe(true)
  expect(whoseReceipts(undefined, 'ana')).toEqual({ ids: ['ana', undefined], isGuest: true })
  expect(whoseReceipts({ id: 'marta', workshop: null }, 'ana')).toEqual({ ids: ['marta'], isGuest: false })
  expect(whoseReceipts(undefined, undefined).isGuest).toBe(false)
})

test('[RC93] a key is known from a remembered plan alone', () => {
  const index = createKeptIndex(localStorage, () => 0)
  keepReceipt(kept, whoseReceipts(undefined, undefined))
  index.remember('ana', 'document:d', { recordKey: 'k' })
  localStorage.setItem('cabildo:last:ana:plan:broken', '{')
  expect(isKnownKey('k')).toBe(false)
  index.remember('ana', 'plan:chepo', { recordKey: 'k' })
  expect([isKnownKey('k'), isKnownKey('another'), isKnownKey('')]).toEqual([true, false, false])
})
