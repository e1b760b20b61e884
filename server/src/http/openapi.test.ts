import { api } from '@cabildo/protocol/http/api'
import type { Contract } from '@cabildo/protocol/http/contract'
import { examples } from '@cabildo/protocol/http/examples'
import { expect, test } from 'vitest'
import { describeApi } from './openapi.ts'
import type { OperationKey } from './operation.ts'

const description = describeApi({ baseUrl: 'https://plan.example.org', cookieName: '__Host-sid' })
const keys = Object.keys(api) as OperationKey[]

test.each(keys)('the examples of %s fit its contract', (key) => {
  const contract: Contract = api[key]
  const { params, query, body, response } = examples[key]
  if (contract.params) contract.params.parse(params)
  else expect(params).toBeUndefined()
  if (contract.query) contract.query.parse(query ?? {})
  if (contract.body) contract.body.parse(body)
  else expect(body).toBeUndefined()
  // Whole, not only the part that is known: an example shows nothing that an answer would not.
  if (contract.response) expect(contract.response.parse(response)).toEqual(response)
  else expect(response).toBeUndefined()
})

test('every operation is described, with its answer, its refusals and an example', () => {
  for (const key of keys) {
    const [method = '', path = ''] = key.split(' ')
    const described = description.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    expect(described, key).toMatchObject({ summary: api[key].summary, tags: [api[key].tag] })
    const responses = described?.responses as Record<string, { content?: Record<string, { example?: unknown }> }>
    const good = responses[api[key].status]
    if (api[key].status !== 204) expect(good?.content?.['application/json']?.example, key).toBeDefined()
    expect(Object.keys(responses), key).toContain('500')
  }
})

test('operations have names of their own', () => {
  const names = Object.values(description.paths).flatMap((path) => Object.values(path).map((each) => each.operationId))
  expect(new Set(names).size).toBe(names.length)
  expect(names).toContain('getDocumentsByDocumentIdVersions')
})

test('every reference leads somewhere, and every named schema is used', () => {
  const text = JSON.stringify(description)
  const used = new Set([...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name))
  expect([...used].sort()).toEqual(Object.keys(description.components.schemas).sort())
  expect(text).not.toContain('$defs')
})

test('path parameters are required and described once each', () => {
  for (const [path, operations] of Object.entries(description.paths)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    for (const each of Object.values(operations)) {
      const parameters = (each.parameters ?? []) as { name: string; in: string; required?: boolean }[]
      const described = parameters.filter(({ in: place }) => place === 'path')
      expect(described.map(({ name }) => name)).toEqual(inPath)
      expect(described.every(({ required }) => required)).toBe(true)
    }
  }
})

test('what changes something says that it wants our origin and JSON', () => {
  const post = description.paths['/api/session']?.post?.responses as Record<string, object>
  expect(Object.keys(post)).toEqual(['200', '400', '401', '403', '413', '415', '429', '500', '503'])
  const get = description.paths['/api/plans']?.get
  expect(Object.keys(get?.responses as object)).toEqual(['200', '400', '401', '500', '503'])
  expect(get).toMatchObject({ security: [{ session: [] }] })
})
