// A button that asks the browser for a passkey: to log in with one (data-kind="get") or to make one ("create"). Asks the server for its
// options, hands them to the browser, posts what it answers and goes where the server says. Shown where the browser knows passkeys.

const bytesOf = (text: string): ArrayBuffer => {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0)).buffer;
};
const textOf = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

interface Named { type: 'public-key'; id: string }
interface Asked {
  challenge: string;
  user?: { id: string; name: string; displayName: string };
  allowCredentials?: Named[];
  excludeCredentials?: Named[];
}

const named = (list: Named[] | undefined): PublicKeyCredentialDescriptor[] =>
  (list ?? []).map((one) => ({ type: one.type, id: bytesOf(one.id) }));

function get(asked: Asked): Promise<Credential | null> {
  const publicKey = { ...asked, challenge: bytesOf(asked.challenge), allowCredentials: named(asked.allowCredentials) };
  return navigator.credentials.get({ publicKey: publicKey as PublicKeyCredentialRequestOptions });
}

function create(asked: Asked): Promise<Credential | null> {
  const publicKey = {
    ...asked,
    challenge: bytesOf(asked.challenge),
    user: { ...asked.user!, id: bytesOf(asked.user!.id) },
    excludeCredentials: named(asked.excludeCredentials),
  };
  return navigator.credentials.create({ publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions });
}

function answerOf(credential: PublicKeyCredential): Record<string, string> {
  const response = credential.response;
  const answer: Record<string, string> = { credential: textOf(credential.rawId), clientData: textOf(response.clientDataJSON) };
  if ('attestationObject' in response) answer['attestationObject'] = textOf((response as AuthenticatorAttestationResponse).attestationObject);
  if ('signature' in response) {
    const signed = response as AuthenticatorAssertionResponse;
    answer['authenticatorData'] = textOf(signed.authenticatorData);
    answer['signature'] = textOf(signed.signature);
  }
  return answer;
}

export function start(element: HTMLElement): void {
  if (!('PublicKeyCredential' in window)) return;
  element.hidden = false;
  const { kind, options, answer, token, next, failed, cancelled } = element.dataset;
  const button = element.querySelector('button')!;
  const status = element.querySelector('[role=status]')!;

  const post = async (path: string, body: unknown): Promise<Record<string, unknown>> => {
    const headers: Record<string, string> = { 'Content-Type': 'application/json', Accept: 'application/json' };
    if (token) headers['X-Form-Token'] = token;
    const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
    const said = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(typeof said['title'] === 'string' ? said['title'] : failed);
    return said;
  };

  const ask = async (): Promise<void> => {
    const asked = (await post(options!, {})) as unknown as Asked;
    let credential: Credential | null = null;
    try {
      credential = await (kind === 'create' ? create(asked) : get(asked));
    } catch {
      throw new Error(cancelled);
    }
    if (!credential) throw new Error(cancelled);
    const said = await post(answer!, { ...answerOf(credential as PublicKeyCredential), next });
    location.assign(String(said['next']));
  };

  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled')) return;
    button.setAttribute('aria-disabled', 'true');
    status.textContent = '';
    ask().catch((problem: unknown) => {
      status.textContent = problem instanceof TypeError || !(problem instanceof Error) ? (failed ?? '') : problem.message;
    }).finally(() => button.removeAttribute('aria-disabled'));
  });
}
