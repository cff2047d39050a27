// The draft on the server, as the form page sees it. docs/design.md has the exchange.

export type Outcome =
  | { kind: 'saved'; version: number; link?: string; token?: string }
  | { kind: 'conflict'; version: number; answers: Record<string, unknown> }
  | { kind: 'ended' } // the link is used up or never was
  | { kind: 'refused'; message: string } // as it stands it will never be saved: somebody must change something
  | { kind: 'failed'; retryAfter: number; message?: string }; // seconds; 0: as you like. `message`: why, where the server said it

const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {});
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export function outcomeOf(status: number, document: unknown, retryAfter = 0): Outcome {
  const body = record(document);
  const version = Number(body['version']);
  if ((status === 200 || status === 201) && version > 0) {
    const link = text(body['link']);
    const token = text(body['token']);
    return { kind: 'saved', version, ...(/^\/(?![\\/])/.test(link) && { link }), ...(token && { token }) };
  }
  if (status === 409 && version > 0) return { kind: 'conflict', version, answers: record(body['answers']) };
  if (status === 403 || status === 404 || status === 410) return { kind: 'ended' };
  const message = text(body['detail']) || text(body['title']);
  if (status === 429 && message) return { kind: 'failed', retryAfter, message };
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return { kind: 'refused', message };
  return { kind: 'failed', retryAfter };
}

export async function saveDraft(url: string, body: URLSearchParams): Promise<Outcome> {
  try {
    const sent = body.toString();
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { accept: 'application/json' },
      redirect: 'error',
      keepalive: sent.length < 60_000, // what a closing page may still send
      signal: AbortSignal.timeout(20_000),
    });
    const document: unknown = await response.json().catch(() => null);
    return outcomeOf(response.status, document, Number(response.headers.get('retry-after')) || 0);
  } catch {
    return { kind: 'failed', retryAfter: 0 };
  }
}
