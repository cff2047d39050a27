// Receipts must verify, by what docs/formats/receipt.md says is signed, made here without the product's own code.
import { createPublicKey, verify } from 'node:crypto';

const signedText = (receipt) => ['bursary-receipt-1', ...['digest', 'form_version', 'issuer', 'program', 'reference', 'submitted_at'].map((name) => `${name}: ${receipt[name]}`), ''].join('\n');

// Of the applications at these paths.
export async function checkReceipts(server, paths, tally) {
  const keys = new Map();
  const published = await (await server.get('/.well-known/bursary-receipt-keys.json')).json();
  for (const key of published.keys) {
    keys.set(key.id, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.public_key }, format: 'jwk' }));
  }
  for (let at = 0; at < paths.length; at += 16) {
    await Promise.all(paths.slice(at, at + 16).map(async (path) => {
      const answer = await server.get(`${path}/receipt`);
      const receipt = answer.ok ? await answer.json() : null;
      tally.add('receipts');
      const key = receipt && keys.get(receipt.key);
      const good = key && verify(null, Buffer.from(signedText(receipt)), key, Buffer.from(receipt.signature, 'base64url'));
      if (!good) tally.fault('bad_receipts', path);
    }));
  }
}
