// Opens sealed messages with WebCrypto, as a page would.
//
// `node envelope.mjs make <count> <bytes>` seals messages and prints them with their private key.
// `node envelope.mjs open <rounds>` reads that from its input and prints the seconds that each opening took.

import { webcrypto } from 'node:crypto'

const { subtle } = webcrypto
const curve = { name: 'ECDH', namedCurve: 'P-256' }
const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: new Uint8Array(0) }
const aes = { name: 'AES-GCM', length: 256 }
const base64 = bytes => Buffer.from(bytes).toString('base64')
const bytes = text => Buffer.from(text, 'base64')

async function seal(own, text) {
  const theirs = await subtle.generateKey(curve, true, ['deriveBits'])
  const secret = await subtle.deriveBits({ name: 'ECDH', public: own }, theirs.privateKey, 256)
  const base = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const key = await subtle.deriveKey(hkdf, base, aes, false, ['encrypt'])
  const iv = webcrypto.getRandomValues(new Uint8Array(12))
  const sealed = Buffer.from(await subtle.encrypt({ name: 'AES-GCM', iv }, key, Buffer.from(text)))
  return JSON.stringify({
    ephemeralPublicKey: base64(await subtle.exportKey('spki', theirs.publicKey)),
    iv: base64(iv),
    data: base64(sealed.subarray(0, -16)),
    tag: base64(sealed.subarray(-16)),
  })
}

async function open(own, message) {
  const { ephemeralPublicKey, iv, data, tag } = JSON.parse(message)
  const theirs = await subtle.importKey('spki', bytes(ephemeralPublicKey), curve, false, [])
  const secret = await subtle.deriveBits({ name: 'ECDH', public: theirs }, own, 256)
  const base = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const key = await subtle.deriveKey(hkdf, base, aes, false, ['decrypt'])
  const sealed = Buffer.concat([bytes(data), bytes(tag)])
  return subtle.decrypt({ name: 'AES-GCM', iv: bytes(iv) }, key, sealed)
}

async function make(count, length) {
  const own = await subtle.generateKey(curve, true, ['deriveBits'])
  const text = JSON.stringify({ eventType: 'test', message: '' })
  const full = text.replace('""', `"${'x'.repeat(length - text.length)}"`)
  const messages = []
  for (let i = 0; i < count; i++) messages.push(await seal(own.publicKey, full))
  const pkcs8 = base64(await subtle.exportKey('pkcs8', own.privateKey))
  console.log(JSON.stringify({ pkcs8, messages }))
}

async function measure(rounds) {
  let input = ''
  for await (const chunk of process.stdin) input += chunk
  const { pkcs8, messages } = JSON.parse(input)
  const own = await subtle.importKey('pkcs8', bytes(pkcs8), curve, false, ['deriveBits'])
  let opened = 0
  const all = async () => {
    for (const message of messages) opened += (await open(own, message)).byteLength
  }
  // The first rounds find the code not yet compiled.
  for (let round = 0; round < rounds; round++) await all()
  opened = 0
  const start = process.hrtime.bigint()
  for (let round = 0; round < rounds; round++) await all()
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  console.log(JSON.stringify({ seconds: seconds / (rounds * messages.length), bytes: opened / rounds }))
}

const [what, ...numbers] = process.argv.slice(2)
await (what === 'make' ? make : measure)(...numbers.map(Number))
